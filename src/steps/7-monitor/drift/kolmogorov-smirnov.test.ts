import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { ksCritical, ksTest } from "./kolmogorov-smirnov.ts";

const A = [0.61, 0.23, 0.85, 0.47, 0.12, 0.94, 0.38, 0.56, 0.71, 0.29];
const B = [0.72, 0.91, 0.66, 0.83, 0.49, 0.97, 0.58, 0.88];

describe("the two-sample Kolmogorov-Smirnov test", () => {
  test("gives three p-values for the same data, one for each method that references use", () => {
    const exact = unwrap(ksTest(A, B));
    expect(exact.statistic).toBe(0.5);
    expect(exact.method).toBe("exact");
    expect(exact.pValue).toBeCloseTo(0.1659582248, 10);
    expect(unwrap(ksTest(A, B, "finite")).pValue).toBeCloseTo(0.1875, 12);
    expect(unwrap(ksTest(A, B, "limit")).pValue).toBeCloseTo(0.2164602249, 10);
  });

  test("its exact p-value is the share of all relabellings with a gap as large, ties included", () => {
    const x = [1, 2, 2, 4, 7];
    const y = [2, 5, 6, 7, 7, 8];
    const observed = gapOf(x, y);
    const pooled = [...x, ...y];
    let asLarge = 0;
    let all = 0;
    for (let mask = 0; mask < 1 << pooled.length; mask++) {
      const first = pooled.filter((_, i) => (mask >> i) & 1);
      if (first.length !== x.length) continue;
      all++;
      if (
        gapOf(
          first,
          pooled.filter((_, i) => !((mask >> i) & 1)),
        ) >=
        observed - 1e-12
      )
        asLarge++;
    }
    const result = unwrap(ksTest(x, y, "exact"));
    expect(result.statistic).toBeCloseTo(observed, 14);
    expect(result.pValue).toBeCloseTo(asLarge / all, 12);
  });

  test("keeps the digits of tiny p-values", () => {
    // Two samples that do not overlap: two orders out of C(40, 20).
    const low = Array.from({ length: 20 }, (_, i) => i);
    const high = Array.from({ length: 20 }, (_, i) => 100 + i);
    expect(unwrap(ksTest(low, high)).pValue / (2 / 137_846_528_820)).toBeCloseTo(1, 10);
  });

  test("rejects a true null about as often as alpha says", () => {
    const random = createRandom(41);
    const critical = ksCritical(0.05, 300, 200);
    let rejected = 0;
    const runs = 1500;
    for (let run = 0; run < runs; run++) {
      const x = Float64Array.from({ length: 300 }, () => random.uniform());
      const y = Float64Array.from({ length: 200 }, () => random.uniform());
      const result = unwrap(ksTest(x, y, "limit"));
      if (result.pValue < 0.05) rejected++;
      expect(result.pValue < 0.05).toBe(result.statistic > critical);
    }
    // The limit law is a little conservative at these sizes.
    expect(rejected / runs).toBeGreaterThan(0.025);
    expect(rejected / runs).toBeLessThan(0.065);
  });

  test("its critical value is c(alpha) over the root of the effective size", () => {
    expect(ksCritical(0.05, 1000, 1000)).toBeCloseTo(0.06073601755, 10);
    expect(ksCritical(0.05, 1, 1) / Math.SQRT2).toBeCloseTo(1.358098639, 9);
  });

  test("refuses empty samples and NaN", () => {
    expect(ksTest([], B).ok).toBe(false);
    expect(ksTest(A, []).ok).toBe(false);
    expect(ksTest([...A, Number.NaN], B).ok).toBe(false);
  });
});

/** The largest gap of the two step functions, looked at in every value. */
function gapOf(x: readonly number[], y: readonly number[]): number {
  const share = (values: readonly number[], at: number): number =>
    values.filter((value) => value <= at).length / values.length;
  return Math.max(...[...x, ...y].map((at) => Math.abs(share(x, at) - share(y, at))));
}
