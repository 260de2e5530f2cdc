import { expect, it } from "vitest";
import { createAdam } from "./adam.ts";

it("takes the steps that the paper's algorithm takes", () => {
  const values = Float64Array.of(1);
  const adam = createAdam(values, { learningRate: 0.1 });
  adam.step(Float64Array.of(2));
  // The first step is the learning rate against the slope's sign, whatever its size.
  expect(values[0]).toBeCloseTo(0.9, 7);
  adam.step(Float64Array.of(-1));
  // m = 0.9 x 0.2 - 0.1 = 0.08, unbiased by 1 - 0.81; v = 0.999 x 0.004 + 0.001 = 0.004996, unbiased by 1 - 0.998001.
  expect(values[0]).toBeCloseTo(0.9 - (0.1 * (0.08 / 0.19)) / Math.sqrt(0.004996 / 0.001999), 7);
});

it("finds the bottom of a bowl", () => {
  const values = Float32Array.of(3, -2);
  const adam = createAdam(values, { learningRate: 0.05 });
  for (let i = 0; i < 500; i++) adam.step(values.map((value, d) => 2 * (value - d)));
  expect(values[0]).toBeCloseTo(0, 2);
  expect(values[1]).toBeCloseTo(1, 2);
});

it("moves only the rows it is given, as it would have moved them with the others", () => {
  const whole = Float64Array.of(1, 2, 3, 4, 5, 6);
  const some = whole.slice();
  createAdam(whole, { learningRate: 0.1, weightDecay: 0.5 }).step(Float64Array.of(1, -1, 2, 3, -4, 5));
  createAdam(some, { learningRate: 0.1, weightDecay: 0.5 }).stepRows(
    Int32Array.of(2, 0),
    Float64Array.of(-4, 5, 1, -1),
    2,
  );
  expect([...some]).toEqual([whole[0], whole[1], 3, 4, whole[4], whole[5]]);
});

it("clears the slopes, and takes their mean over the rows they were added up over", () => {
  const [one, other] = [Float64Array.of(0), Float64Array.of(0)];
  const slopes = Float64Array.of(12);
  const [first, second] = [createAdam(one, { learningRate: 0.1 }), createAdam(other, { learningRate: 0.1 })];
  first.step(slopes, 4);
  first.step(Float64Array.of(1));
  second.step(Float64Array.of(3));
  second.step(Float64Array.of(1));
  expect(one[0]).toBe(other[0]);
  expect(slopes[0]).toBe(0);
});
