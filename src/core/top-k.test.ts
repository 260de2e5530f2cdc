import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topK } from "./top-k.ts";

describe("the k best", () => {
  it("equal a full sort, ties to the smaller index, skipped items left out", () => {
    const scores = fc.array(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN), fc.constant(Number.NEGATIVE_INFINITY)),
    );
    fc.assert(
      fc.property(scores, fc.nat(12), fc.uniqueArray(fc.nat(20)), (values, k, skipped) => {
        const skip = skipped.sort((a, b) => a - b);
        const sorted = values
          .map((score, item) => ({ score, item }))
          .filter(({ score, item }) => score > Number.NEGATIVE_INFINITY && !skip.includes(item))
          .sort((a, b) => b.score - a.score || a.item - b.item)
          .slice(0, k)
          .map(({ item }) => item);
        expect([...topK(values, k, skip)]).toEqual(sorted);
      }),
    );
  });

  it("are the same of many scores in single precision, whatever their signs, and where many are equal", () => {
    const score = fc.oneof(
      fc.float(),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -0, 0),
    );
    const scores = fc.array(score, { minLength: 20, maxLength: 120 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 17, max: 130 }), fc.uniqueArray(fc.nat(120)), (values, k, skipped) => {
        const skip = skipped.sort((a, b) => a - b);
        const floats = Float32Array.from(values);
        expect([...topK(floats, k, skip)]).toEqual([...topK([...floats], k, skip)]);
      }),
    );
  });
});
