import { expect, it } from "vitest";
import { describeOrderAware } from "../../../../test/contracts/order-aware.ts";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { itemTransitions } from "./item-transitions.ts";

describeRecommender({ model: itemTransitions, options: { recency: 1, decay: 1, shrinkage: 2 }, learns: "taste" });
describeOrderAware(itemTransitions, { shrinkage: 1 });

// Unit a: 0, then 1, then 2. Unit b: 0, then 2.
const interactions = sparseFromEntries(2, 3, [0, 0, 0, 1, 1], [0, 1, 2, 0, 2], [1, 1, 1, 1, 1]);
const times = Float64Array.of(1, 2, 3, 1, 2);
const options = { decay: 0.5, recency: 0.25, shrinkage: 1, neighbours: 10 };
const environment = { random: createRandom(1) };

it("scores by the smoothed chance of coming later, a skip counting less and the latest most", async () => {
  const fitted = await itemTransitions.fit({ interactions, times }, options, environment);
  // After 0: 1 once, 2 once and once with a skip (0.5), 2.5 in all. After 1: 2 once.
  const history = { indices: Int32Array.of(0, 1), values: Float32Array.of(1, 1), times: Float64Array.of(1, 2) };
  const scores = fitted.score(history);
  expect(scores[0]).toBe(0);
  expect(scores[1]).toBeCloseTo((0.25 * 1) / 3.5, 6);
  expect(scores[2]).toBeCloseTo((0.25 * 1.5) / 3.5 + 1 / 2, 6);
});

it("never recommends what only came before", async () => {
  const fitted = await itemTransitions.fit({ interactions, times }, options, environment);
  const scores = fitted.score({ indices: Int32Array.of(2), values: Float32Array.of(1), times: Float64Array.of(1) });
  expect([...scores]).toEqual([0, 0, 0]);
});

it("keeps only the likeliest followers", async () => {
  const fitted = await itemTransitions.fit({ interactions, times }, { ...options, neighbours: 1 }, environment);
  const scores = fitted.score({ indices: Int32Array.of(0), values: Float32Array.of(1) });
  expect([...scores].map((score) => score > 0)).toEqual([false, false, true]);
});
