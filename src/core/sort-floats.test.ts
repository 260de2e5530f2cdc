import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "./random.ts";
import { sortFloats } from "./sort-floats.ts";

test("sorts as a comparison would, whatever the values", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 300 }), (values) => {
      // Repeated past the length where a comparison sort takes over.
      const long = Float64Array.from(
        { length: values.length * 40 },
        (_, i) => values[i % values.length] * (1 + (i % 7)),
      );
      fc.pre(!long.some(Number.isNaN));
      expect(sortFloats(long)).toEqual(long.map((value) => value + 0).sort());
    }),
    { numRuns: 60, seed: 3 },
  );
});

test("puts values that differ only in their last bits in order, in short runs and in long ones", () => {
  const random = createRandom(4);
  const close = Float64Array.from(
    { length: 20_000 },
    (_, i) => 1 + (i % 9) * 0.25 + random.below(5000) * Number.EPSILON,
  );
  expect(sortFloats(close)).toEqual(close.slice().sort());
  const sparse = Float64Array.from({ length: 20_000 }, () => random.uniform() - 0.5);
  expect(sortFloats(sparse)).toEqual(sparse.slice().sort());
});

test("keeps infinities at the ends and treats -0 as 0", () => {
  const values = Float64Array.from(
    { length: 6000 },
    (_, i) => [Number.POSITIVE_INFINITY, -0, Number.NEGATIVE_INFINITY, 0][i % 4],
  );
  const sorted = sortFloats(values);
  expect(sorted[0]).toBe(Number.NEGATIVE_INFINITY);
  expect(sorted[5999]).toBe(Number.POSITIVE_INFINITY);
  expect(Object.is(sorted[2000], 0)).toBe(true);
});

test("leaves its input alone and takes an empty one", () => {
  const input = [3, 1, 2];
  expect(Array.from(sortFloats(input))).toEqual([1, 2, 3]);
  expect(input).toEqual([3, 1, 2]);
  expect(sortFloats([]).length).toBe(0);
});
