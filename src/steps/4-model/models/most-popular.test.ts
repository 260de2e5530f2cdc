import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { mostPopular } from "./most-popular.ts";

describeRecommender({ model: mostPopular, learns: "popularity" });
describeRecommender({ model: mostPopular, options: { window: 400 }, learns: "popularity" });

const interactions = sparseFromEntries(3, 3, [0, 0, 1, 2], [0, 1, 0, 2], [1, 1, 1, 1]);
const history = { indices: new Int32Array(0), values: new Float32Array(0) };
const environment = { random: createRandom(1) };

it("counts only what happened inside the window before the moment of training", async () => {
  const times = Float64Array.of(10, 80, 90, 120);
  const fitted = await mostPopular.fit({ interactions, times, now: 100 }, { window: 30 }, environment);
  expect([...fitted.score(history)]).toEqual([1, 1, 0]);
});

it("ends the window at the latest event when no moment is given", async () => {
  const times = Float64Array.of(10, 80, 90, 120);
  const fitted = await mostPopular.fit({ interactions, times }, { window: 40 }, environment);
  expect([...fitted.score(history)]).toEqual([1, 0, 1]);
});

it("cannot keep a window without times", async () => {
  await expect(mostPopular.fit({ interactions }, { window: 30 }, environment)).rejects.toThrow(
    "a window needs the times",
  );
});

it("counts all pairs that pass where there is no window, whatever the moment", async () => {
  const [now, passing] = [Number.POSITIVE_INFINITY, [{ items: Int32Array.of(0, 2), times: Float64Array.of(10, 120) }]];
  const fitted = await mostPopular.fitPassing?.(
    { units: 1, items: 3, most: 2, now, pairs: () => passing },
    mostPopular.defaults,
  );
  expect(fitted && [...fitted.score(history)]).toEqual([1, 0, 1]);
});
