import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { type Cloud, maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";

function cloud(rows: number, shift: number, seed: number): Cloud {
  const random = createRandom(seed);
  return { vectors: Float32Array.from({ length: rows * 3 }, () => shift + random.normal()) };
}

/** Four rows of each item, correlated by 0.5 within it. */
function itemsOf(items: number, shift: number, seed: number): Required<Cloud> {
  const random = createRandom(seed);
  const own = Float32Array.from({ length: items * 3 }, () => random.normal());
  return {
    vectors: Float32Array.from(
      { length: items * 12 },
      (_, at) => shift + Math.SQRT1_2 * (own[Math.floor(at / 12) * 3 + (at % 3)] + random.normal()),
    ),
    units: Int32Array.from({ length: items * 4 }, (_, row) => 1000 * seed + (row >> 2)),
  };
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

  it("cries in about one of twenty pairs of samples of one law where four rows show an item and are half alike", () => {
    const of = (seed: number, isByItem: boolean): boolean => {
      const [before, now] = [itemsOf(15, 0, seed), itemsOf(15, 0, 1000 + seed)].map((one) =>
        isByItem ? one : { vectors: one.vectors },
      );
      const { value, chance } = maximumMeanDiscrepancy(before, now, 3, createRandom(seed));
      return value > chance;
    };
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    // Binomial(100, 0.05) lies between 0 and 12 in 999 of 1,000 cases; below 1 in six of 1,000.
    const cries = seeds.filter((seed) => of(seed, true)).length;
    expect(cries).toBeGreaterThanOrEqual(1);
    expect(cries).toBeLessThanOrEqual(12);
    // Rows taken for independent cry wolf: this is what the units are for.
    expect(seeds.slice(0, 30).filter((seed) => of(seed, false)).length).toBeGreaterThan(10);
  });

  it("is 0 on average by items too, and sees them moved by a deviation", () => {
    const values = Array.from(
      { length: 100 },
      (_, seed) => maximumMeanDiscrepancy(itemsOf(15, 0, seed), itemsOf(15, 0, 500 + seed), 3, createRandom(1)).value,
    );
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 100)).toBeLessThan(0.006);
    const { value, chance } = maximumMeanDiscrepancy(itemsOf(20, 0, 1), itemsOf(20, 1, 2), 3, createRandom(3));
    expect(value).toBeGreaterThan(2 * chance);
  });

  it("says nothing of a single item, however many rows show it", () => {
    const one = { ...itemsOf(1, 0, 1) };
    expect(maximumMeanDiscrepancy(one, itemsOf(9, 0, 2), 3, createRandom(1)).value).toBeNaN();
  });

  it("says nothing of a single row", () => {
    expect(maximumMeanDiscrepancy(cloud(1, 0, 1), cloud(9, 0, 2), 3, createRandom(1)).value).toBeNaN();
  });
});
