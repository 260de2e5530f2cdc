import { describe, expect, it } from "vitest";
import type { Comparison } from "./comparison.ts";
import { areFew, exactComparison } from "./exact-rates.ts";

const comparison: Comparison = {
  effect: 0.5,
  standardError: 0.3,
  statistic: 1.7,
  df: Number.POSITIVE_INFINITY,
  pValue: 0.1,
  interval: [-0.1, 0.9],
  level: 0.95,
};

function pValueOf(control: readonly [number, number], treated: readonly [number, number]): number {
  const [one, other] = [control, treated].map(([successes, n]) => ({ successes, n }));
  return exactComparison(comparison, one, other).pValue;
}

describe("Fisher's exact test", () => {
  it("gives the lady who tastes tea 34 of 70, and 2 of 70 where she is right each time", () => {
    // Of the 70 ways to choose four of eight cups: 1, 16, 36, 16 and 1 hold 0 to 4 right ones.
    expect(pValueOf([1, 4], [3, 4])).toBeCloseTo(34 / 70, 12);
    expect(pValueOf([3, 4], [1, 4])).toBeCloseTo(34 / 70, 12);
    expect(pValueOf([0, 4], [4, 4])).toBeCloseTo(2 / 70, 12);
    expect(pValueOf([2, 4], [2, 4])).toBe(1);
  });

  it("holds unequal arms: 3 of 3 against 2 of 7 is 1 of 6", () => {
    // Five successes among ten, 252 tables: 21 hold three of three, 21 none, and 105 each one and two.
    expect(pValueOf([3, 3], [2, 7])).toBeCloseTo((21 + 21) / 252, 12);
  });

  it("stays a number where the rarest table is rarer than the smallest number that there is", () => {
    expect(pValueOf([200, 10_000], [4, 200])).toBe(1);
    // In whole numbers without a limit: the sum of C(10000, k) C(200, 214 - k) over tables no likelier, over all of them.
    expect(pValueOf([200, 10_000], [14, 200]) / 7.926496710128769e-5).toBeCloseTo(1, 9);
  });

  it("puts the exact interval into the place of the other where there is one", () => {
    const [control, treated] = [
      { successes: 1, n: 4 },
      { successes: 3, n: 4 },
    ];
    const exactInterval = [-0.2, 0.95] as const;
    expect(exactComparison({ ...comparison, exactInterval }, control, treated).interval).toEqual(exactInterval);
    expect(exactComparison(comparison, control, treated).interval).toEqual(comparison.interval);
  });
});

describe("counts that the normal law is not asked about", () => {
  it.each([
    ["five expected in each cell", [5, 10], [5, 10], false],
    ["fewer than five successes expected in each arm", [5, 100], [4, 100], true],
    ["fewer than five failures expected", [96, 100], [95, 100], true],
    ["a small arm beside a large one", [500, 1000], [4, 9], true],
    ["ten of the small arm, at a half", [500, 1000], [5, 10], false],
  ] as const)("are those with fewer than five units expected in a cell: %s", (_, control, treated, few) => {
    expect(areFew({ successes: control[0], n: control[1] }, { successes: treated[0], n: treated[1] })).toBe(few);
  });
});
