import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";

function cloud(rows: number, shift: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * 3 }, () => shift + random.normal());
}

describe("the maximum mean discrepancy", () => {
  it("cries in about one of twenty pairs of samples of one law", () => {
    let cries = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { value, chance } = maximumMeanDiscrepancy(
        cloud(25, 0, seed),
        cloud(25, 0, 1000 + seed),
        3,
        createRandom(seed),
      );
      if (value > chance) cries++;
    }
    // Binomial(100, 0.05) lies between 0 and 12 in 999 of 1,000 cases.
    expect(cries).toBeLessThanOrEqual(12);
  });

  it("finds a shift by one deviation, with the smallest p-value that the permutations can give", () => {
    const { value, chance, pValue } = maximumMeanDiscrepancy(cloud(40, 0, 1), cloud(40, 1, 2), 3, createRandom(3));
    expect(value).toBeGreaterThan(2 * chance);
    expect(pValue).toBeCloseTo(1 / 301, 10);
  });

  it("is 0 on average where nothing moved, and not above it", () => {
    const values = Array.from(
      { length: 60 },
      (_, seed) => maximumMeanDiscrepancy(cloud(20, 0, seed), cloud(20, 0, 500 + seed), 3, createRandom(1)).value,
    );
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 60)).toBeLessThan(0.01);
  });

  it("says nothing of a single row", () => {
    expect(maximumMeanDiscrepancy(cloud(1, 0, 1), cloud(9, 0, 2), 3, createRandom(1)).value).toBeNaN();
  });
});
