import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { twoTower } from "./two-tower.ts";

describeRecommender({ model: twoTower, options: { factors: 8, hidden: [16], epochs: 30 }, learns: "taste" });

/** Everybody chooses some of the first ten items, item t with chance proportional to 10 - t; the last two are never chosen. */
function skewed() {
  const random = createRandom(4);
  const rows: number[] = [];
  const columns: number[] = [];
  for (let unit = 0; unit < 400; unit++)
    for (let item = 0; item < 10; item++)
      if (random.uniform() < (10 - item) / 15) {
        rows.push(unit);
        columns.push(item);
      }
  return sparseFromEntries(400, 12, rows, columns, new Array(rows.length).fill(1));
}

const options = { ...twoTower.defaults, factors: 8, hidden: [16] };
const nothing = { indices: new Int32Array(0), values: new Float32Array(0) };

it("gives a member without history the popular titles: the correction takes out only what the batch added", async () => {
  const fitted = await twoTower.fit(
    { interactions: skewed() },
    { ...options, epochs: 40 },
    { random: createRandom(1) },
  );
  const scores = fitted.score(nothing);
  // Of independent choices with odds 10 : 5, the softmax over all items differs by log 2.
  expect(scores[0] - scores[5]).toBeGreaterThan(0.35);
  expect(scores[0] - scores[5]).toBeLessThan(1.05);
});

it("scores a title that nobody has chosen by its attributes", async () => {
  const random = createRandom(8);
  const entries = Array.from({ length: 200 }, (_, unit) =>
    random.shuffle(Array.from({ length: 9 }, (_, i) => 2 * i + (unit % 2))).slice(0, 5),
  );
  const rows = entries.flatMap((items, unit) => items.map(() => unit));
  const columns = entries.flat();
  const interactions = sparseFromEntries(200, 20, rows, columns, new Array(rows.length).fill(1));
  const values = Float32Array.from({ length: 40 }, (_, at) => ((at >> 1) % 2 === at % 2 ? 1 : 0));
  const fitted = await twoTower.fit(
    { interactions, attributes: { width: 2, values } },
    { ...options, epochs: 20 },
    { random: createRandom(1) },
  );
  const even = fitted.score({ indices: Int32Array.of(0, 2, 4), values: new Float32Array(3).fill(1) });
  const odd = fitted.score({ indices: Int32Array.of(1, 3, 5), values: new Float32Array(3).fill(1) });
  expect(even[18]).toBeGreaterThan(even[19]);
  expect(odd[19]).toBeGreaterThan(odd[18]);
});

it("gives other scores for another seed", async () => {
  const train = (seed: number) =>
    twoTower.fit({ interactions: skewed() }, { ...options, epochs: 1 }, { random: createRandom(seed) });
  expect((await train(1)).score(nothing)).not.toEqual((await train(2)).score(nothing));
});

it("says when the learning rate is too large for it to learn", async () => {
  const trained = twoTower.fit(
    { interactions: skewed() },
    { ...options, learningRate: 1e30 },
    { random: createRandom(1) },
  );
  await expect(trained).rejects.toThrow("no number after epoch 1");
});

it("learns vectors longer than there are titles", async () => {
  const interactions = sparseFromEntries(3, 2, [0, 0, 1, 2], [0, 1, 0, 0], [1, 1, 1, 1]);
  const fitted = await twoTower.fit({ interactions }, twoTower.defaults, { random: createRandom(1) });
  const scores = fitted.score(nothing);
  expect(scores[0]).toBeGreaterThan(scores[1]);
});
