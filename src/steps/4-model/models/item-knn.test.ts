import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { itemKnn } from "./item-knn.ts";

describeRecommender({ model: itemKnn, options: { shrinkage: 2 }, learns: "taste" });

// Items 0 and 1 share units a and b of their two and three; item 2 shares one unit with item 1.
const interactions = sparseFromEntries(4, 3, [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 1, 2], [1, 1, 1, 1, 1, 1]);
const history = { indices: Int32Array.of(1), values: Float32Array.of(2) };
const environment = { random: createRandom(1) };

it("scores by the shrunk cosine with the history, times the signal's strength", async () => {
  const fitted = await itemKnn.fit({ interactions }, { neighbours: 10, shrinkage: 1 }, environment);
  const scores = fitted.score(history);
  expect(scores[0]).toBeCloseTo((2 * 2) / (Math.sqrt(2 * 3) + 1), 6);
  expect(scores[1]).toBe(0);
  expect(scores[2]).toBeCloseTo((2 * 1) / (Math.sqrt(3 * 1) + 1), 6);
});

it("keeps only the nearest", async () => {
  const fitted = await itemKnn.fit({ interactions }, { neighbours: 1, shrinkage: 1 }, environment);
  expect([...fitted.score(history)].map((score) => score > 0)).toEqual([true, false, false]);
});
