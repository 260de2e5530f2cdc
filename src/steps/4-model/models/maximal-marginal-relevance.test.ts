import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intraListSimilarity, maximalMarginalRelevance } from "./maximal-marginal-relevance.ts";

// Items 0 and 1 are alike, 2 is unlike both.
const vectors = { width: 2, values: Float32Array.of(1, 0, 1, 0, 0, 1) };

describe("maximal marginal relevance", () => {
  it("keeps the order without diversity and prefers the unlike item with it", () => {
    expect([...maximalMarginalRelevance([0, 1, 2], [3, 2.9, 1], vectors, 0, 3)]).toEqual([0, 1, 2]);
    expect([...maximalMarginalRelevance([0, 1, 2], [3, 2.9, 1], vectors, 0.6, 3)]).toEqual([0, 2, 1]);
  });

  it("holds each item against the most alike of all that were taken, not against the last one", () => {
    // 2 is nearly 0, and unlike 1; 3 lies between the two.
    const four = { width: 2, values: Float32Array.of(1, 0, 0, 1, 0.99, 0.1, 0.7, 0.7) };
    expect([...maximalMarginalRelevance([0, 1, 2, 3], [1, 0, 0, 0], four, 0.8, 4)]).toEqual([0, 1, 3, 2]);
  });

  it("takes what the definition takes, which holds every item against all that were taken each time, ties to the first", () => {
    const width = 3;
    const number = fc.integer({ min: -2, max: 2 });
    const drawn = fc.array(fc.tuple(number, fc.tuple(number, number, number)), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(drawn, fc.constantFrom(0, 0.2, 0.5, 1), fc.nat(14), (list, diversity, keep) => {
        const values = Float32Array.from(list.flatMap(([, vector]) => vector));
        const all = list.map((_, i) => i);
        const scores = list.map(([score]) => score);
        const given = maximalMarginalRelevance(all, scores, { width, values }, diversity, keep);
        expect([...given]).toEqual(byDefinition(scores, values, width, diversity).slice(0, keep));
      }),
    );
  });

  it("returns the first items of the list, each once, the best one first", () => {
    const items = fc.uniqueArray(fc.nat(2), { minLength: 1 });
    fc.assert(
      fc.property(items, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(4), (list, diversity, keep) => {
        const scores = list.map((_, i) => -i);
        const result = [...maximalMarginalRelevance(list, scores, vectors, diversity, keep)];
        expect(result).toHaveLength(Math.min(keep, list.length));
        expect(new Set(result).size).toBe(result.length);
        if (result.length > 0 && diversity < 1) expect(result[0]).toBe(list[0]);
      }),
    );
  });

  it("measures how alike a list is by the mean cosine of its pairs", () => {
    expect(intraListSimilarity([0, 1, 2], vectors)).toBeCloseTo(1 / 3, 12);
    expect(intraListSimilarity([0], vectors)).toBeNaN();
  });
});

function byDefinition(scores: readonly number[], values: Float32Array, width: number, diversity: number): number[] {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const relevance = scores.map((score) => (high > low ? (score - low) / (high - low) : 1));
  const inner = (a: number, b: number): number => {
    let sum = 0;
    for (let d = 0; d < width; d++) sum += values[a * width + d] * values[b * width + d];
    return sum;
  };
  const cosine = (a: number, b: number): number => {
    const lengths = inner(a, a) * inner(b, b);
    return lengths === 0 ? 0 : inner(a, b) / Math.sqrt(lengths);
  };
  const taken: number[] = [];
  while (taken.length < scores.length) {
    const left = scores.map((_, i) => i).filter((i) => !taken.includes(i));
    const worth = (i: number): number =>
      (1 - diversity) * relevance[i] -
      (taken.length === 0 ? 0 : diversity * Math.max(...taken.map((one) => cosine(i, one))));
    taken.push(left.reduce((best, i) => (worth(i) > worth(best) ? i : best)));
  }
  return taken;
}
