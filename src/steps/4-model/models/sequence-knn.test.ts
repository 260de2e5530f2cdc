import { expect, it } from "vitest";
import { describeOrderAware } from "../../../../test/contracts/order-aware.ts";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { itemKnn } from "./item-knn.ts";
import { sequenceKnn } from "./sequence-knn.ts";

describeRecommender({ model: sequenceKnn, options: { recency: 1, decay: 1, shrinkage: 2 }, learns: "taste" });
describeOrderAware(sequenceKnn, { shrinkage: 1, decay: 0.5, backward: 0.2, recency: 0.3 });

const environment = { random: createRandom(1) };
// Unit a: 1 at 1, 0 at 2, 2 at 3. Unit b: 1 and 2 at one moment. Unit c: 2 alone.
const interactions = sparseFromEntries(3, 3, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2], [1, 2, 1, 1, 1, 1]);
const times = Float64Array.of(2, 1, 3, 5, 5, 1);

it("scores by decayed pairs over the damped counts of both, brute force over all pairs of the example", async () => {
  const options = { decay: 0.5, recency: 1, backward: 0.3, damping: 0.25, shrinkage: 3, neighbours: 10 };
  const fitted = await sequenceKnn.fit({ interactions, times }, options, environment);
  const scores = fitted.score({ indices: Int32Array.of(1), values: Float32Array.of(1) });
  const chosen = [1, 4 + 1, 3];
  const similarity = (sum: number, other: number) => sum / (chosen[1] ** 0.75 * chosen[other] ** 0.25 + 3);
  // 1 before 0: next to it, 2 x 1. 1 before 2: one step more, 2 x 0.5; and once together: half, in both directions.
  expect(scores[0]).toBeCloseTo(similarity(2, 0), 6);
  expect(scores[1]).toBe(0);
  expect(scores[2]).toBeCloseTo(similarity(2 * 0.5 + 0.5 * 1.3, 2), 6);
  const back = fitted.score({ indices: Int32Array.of(0), values: Float32Array.of(1) });
  expect(back[1]).toBeCloseTo((2 * 0.3) / (1 * chosen[1] ** 0.25 + 3), 6);
});

it("is item-kNN where order counts nothing and the damping is the cosine's", async () => {
  const plain = await itemKnn.fit({ interactions }, { neighbours: 10, shrinkage: 2 }, environment);
  const options = { decay: 1, recency: 1, backward: 1, damping: 0.5, shrinkage: 2, neighbours: 10 };
  for (const data of [{ interactions }, { interactions, times }]) {
    const fitted = await sequenceKnn.fit(data, options, environment);
    const history = { indices: Int32Array.of(0, 2), values: Float32Array.of(1, 3) };
    expect([...fitted.score(history)].map((score) => score.toFixed(5))).toEqual(
      [...plain.score(history)].map((score) => score.toFixed(5)),
    );
  }
});
