import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { binByReference } from "./bins.ts";
import { psi, psiNoise, psiOfCounts, psiOfShares } from "./psi.ts";

describe("psi", () => {
  test("agrees with the sum written out", () => {
    expect(
      psiOfShares(
        [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
        [0.08, 0.09, 0.11, 0.12, 0.1, 0.09, 0.11, 0.1, 0.08, 0.12],
      ),
    ).toBeCloseTo(0.02023201823, 11);
    expect(unwrap(psiOfCounts([200, 300, 300, 200], [150, 260, 340, 250])).value).toBeCloseTo(0.03627184065, 10);
  });

  test("of an empty bin depends on the policy, and the result says that one was empty", () => {
    const reference = [50, 30, 20, 0];
    const current = [45, 30, 20, 5];
    const loose = unwrap(psiOfCounts(reference, current));
    expect(loose.value).toBeCloseTo(0.3153769699, 9);
    expect(loose.emptyBins).toBe(1);
    expect(unwrap(psiOfCounts(reference, current, { epsilon: 1e-6 })).value).toBeCloseTo(0.5462461202, 9);
    const smoothed = unwrap(psiOfCounts(reference, current, { pseudocount: 0.5 }));
    expect(smoothed.value).toBeCloseTo((5 / 102) * (Math.log(50.5 / 45.5) + Math.log(11)), 12);
  });

  test("without drift has the mean and the 95th percentile that its noise claims", () => {
    const noise = psiNoise(10, 1000, 1000);
    expect(noise.mean).toBeCloseTo(0.018, 12);
    expect(noise.percentile95).toBeCloseTo(0.03383795521, 10);
    const random = createRandom(31);
    const runs = 800;
    let sum = 0;
    let above = 0;
    for (let run = 0; run < runs; run++) {
      const draw = (): Float64Array => Float64Array.from({ length: 1000 }, () => random.normal());
      const { value } = unwrap(psi(draw(), draw()));
      sum += value;
      if (value > noise.percentile95) above++;
    }
    expect(sum / runs / noise.mean).toBeGreaterThan(0.93);
    expect(sum / runs / noise.mean).toBeLessThan(1.08);
    expect(Math.abs(above / runs - 0.05)).toBeLessThan(0.03);
  });

  test("puts missing values in a bin of their own", () => {
    const reference = Float64Array.from({ length: 100 }, (_, i) => i);
    const current = reference.map((value) => (value < 30 ? Number.NaN : value));
    const pair = binByReference(reference, current, 5);
    expect(Array.from(pair.reference)).toEqual([20, 20, 20, 20, 20, 0]);
    expect(Array.from(pair.current)).toEqual([0, 10, 20, 20, 20, 30]);
  });

  test("of a column with few values uses one bin per value", () => {
    const pair = binByReference([0, 0, 0, 0, 0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 2, 2, 2, 2, 2, 3], 10);
    expect(Array.from(pair.reference)).toEqual([7, 2, 1]);
    expect(Array.from(pair.current)).toEqual([1, 3, 6]);
  });

  test("refuses samples without values, broken counts and a single bin", () => {
    expect(psi([], [1, 2]).ok).toBe(false);
    expect(psi([1, 2], []).ok).toBe(false);
    expect(psi([1, 2], [1, 2], { bins: 1 }).ok).toBe(false);
    expect(psiOfCounts([1, Number.NaN], [1, 2]).ok).toBe(false);
    expect(psiOfCounts([1, -1], [1, 2]).ok).toBe(false);
    expect(psiOfCounts([1, 2], [1, 2, 3]).ok).toBe(false);
  });
});
