import { expect, it } from "vitest";
import { orderOf, pairWeight, recencyWeights } from "./history-order.ts";

const history = (times: readonly number[]) => ({
  indices: Int32Array.from(times, (_, at) => at),
  values: new Float32Array(times.length).fill(1),
  times: Float64Array.from(times),
});

it("counts steps back from the latest, and lets entries of one moment share the mean of their places", () => {
  const { steps, together } = orderOf(history([30, 10, 20, 20]));
  expect([...steps]).toEqual([0, 3, 1.5, 1.5]);
  expect([...together]).toEqual([1, 1, 2, 2]);
});

it("takes a history without times for one moment", () => {
  const { indices, values } = history([1, 2, 3]);
  expect(orderOf({ indices, values })).toEqual(orderOf(history([7, 7, 7])));
});

it("weighs by strength and by steps back; with recency 0 the latest alone counts", () => {
  const known = { ...history([1, 2, 3]), values: Float32Array.of(4, 2, 1) };
  expect([...recencyWeights(known, 0.5)]).toEqual([1, 1, 1]);
  expect([...recencyWeights(known, 0)]).toEqual([0, 0, 1]);
  expect([...recencyWeights(known, 1)]).toEqual([4, 2, 1]);
});

it("weighs entries of one moment by the mean over their orders", () => {
  // Places 0 | 1 and 2 in either order | 3.
  const weights = recencyWeights(history([30, 10, 20, 20]), 0.5);
  expect([...weights]).toEqual([1, 0.125, (0.5 + 0.25) / 2, (0.5 + 0.25) / 2]);
  expect([...recencyWeights(history([4, 4]), 0)]).toEqual([0.5, 0.5]);
});

it("counts a pair of one moment half, at the mean distance of two places in a random order", () => {
  // Of three places the distances are 1, 1 and 2: 4 / 3 on average.
  expect(pairWeight(0, 3, 0.5)).toBeCloseTo(0.5 * 0.5 ** (1 / 3), 12);
  expect(pairWeight(1, 1, 0.5)).toBe(1);
  expect(pairWeight(-3, 1, 0.5)).toBe(0.25);
});
