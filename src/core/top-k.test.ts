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
});
