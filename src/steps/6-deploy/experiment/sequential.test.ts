import { describe, expect, test } from "vitest";
import { standardNormal } from "../../../core/distribution-normal.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { alwaysValid } from "./always-valid.ts";
import {
  constantBoundary,
  crossingProbabilities,
  obrienFlemingSpending,
  peekingError,
  pocockSpending,
  sequentialInflation,
  spendingBoundary,
} from "./group-sequential.ts";

const FIFTHS = [0.2, 0.4, 0.6, 0.8, 1];

function expectAll(actual: readonly number[], expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], digits);
  });
}

describe("group sequential boundaries", () => {
  test("have the constants of Jennison and Turnbull's tables", () => {
    const last = (shape: "obrien-fleming" | "pocock", looks: number): number =>
      unwrap(constantBoundary(shape, looks)).z[looks - 1];
    expectAll(
      [2, 3, 4, 5].map((looks) => last("obrien-fleming", looks)),
      [1.977430959, 2.004035579, 2.0242955, 2.040073175],
      8,
    );
    expectAll(
      [2, 3, 4, 5].map((looks) => last("pocock", looks)),
      [2.178272089, 2.289478061, 2.361297891, 2.41317622],
      8,
    );
    expect(last("pocock", 1)).toBeCloseTo(1.959963985, 8);
  });

  test("O'Brien and Fleming's five looks: bounds and nominal p-values", () => {
    const { z, nominal, spent } = unwrap(constantBoundary("obrien-fleming", 5));
    expectAll(z, [4.561742298, 3.225638913, 2.633723144, 2.280871149, 2.040073175], 8);
    expectAll(nominal, [5.073088859e-6, 0.001256918234, 0.008445432064, 0.02255607264, 0.04134303805], 9);
    expect(spent[4]).toBeCloseTo(0.05, 12);
  });

  test("spending per tail is not O'Brien and Fleming's boundary, and spending the whole alpha is a third one", () => {
    const tail = unwrap(spendingBoundary(FIFTHS));
    expectAll(tail.z, [4.876884949, 3.357011922, 2.680280065, 2.289816768, 2.031032043], 7);
    expectAll(tail.spent, [1.077742526e-6, 0.0007883035134, 0.007616126622, 0.02442358069, 0.05], 10);
    const whole = unwrap(spendingBoundary(FIFTHS, 0.05, obrienFlemingSpending, "whole"));
    expectAll(whole.z, [4.382612703, 3.099727478, 2.553354973, 2.253847898, 2.063501104], 7);
  });

  test("Pocock-like spending is near Pocock's boundary and spends everything", () => {
    const { z, spent } = unwrap(spendingBoundary(FIFTHS, 0.05, pocockSpending));
    for (const bound of z) expect(Math.abs(bound - 2.413)).toBeLessThan(0.04);
    expect(spent[4]).toBeCloseTo(0.05, 10);
  });

  test("peeking with 1.96 costs what Armitage, McPherson and Rowe found", () => {
    expect(peekingError(5)).toBeCloseTo(0.1416893326, 7);
    expect(peekingError(10)).toBeCloseTo(0.1933565933, 7);
    expect(peekingError(1)).toBeCloseTo(0.05, 12);
  });

  test("the integration agrees with a simulated random walk, with and without an effect", () => {
    const { z } = unwrap(constantBoundary("pocock", 4));
    const fractions = [0.25, 0.5, 0.75, 1];
    const random = createRandom(5);
    const runs = 40_000;
    for (const drift of [0, 2.5]) {
      const above = [0, 0, 0, 0];
      for (let run = 0; run < runs; run++) {
        let walk = 0;
        for (let k = 0; k < 4; k++) {
          walk += drift * 0.25 + 0.5 * random.normal();
          const score = walk / Math.sqrt(fractions[k]);
          if (Math.abs(score) >= z[k]) {
            if (score > 0) above[k]++;
            break;
          }
        }
      }
      const { upper } = crossingProbabilities(z, fractions, drift);
      above.forEach((count, k) => {
        expect(Math.abs(count / runs - upper[k])).toBeLessThan(5 * Math.sqrt(upper[k] / runs));
      });
    }
  });

  test("cost the units that Jennison and Turnbull's inflation factors say", () => {
    expect(sequentialInflation(unwrap(constantBoundary("obrien-fleming", 5)), 0.05, 0.8)).toBeCloseTo(1.028, 3);
    expect(sequentialInflation(unwrap(constantBoundary("pocock", 5)), 0.05, 0.8)).toBeCloseTo(1.228, 3);
  });

  test.each([0.8, 0.9, 0.8])("cost the units that reach the power of %d, whatever was asked before", (power) => {
    for (const shape of ["pocock", "obrien-fleming"] as const) {
      const boundary = unwrap(constantBoundary(shape, 4, 0.03));
      const fixed = standardNormal.upperQuantile(0.015) + standardNormal.quantile(power);
      const drift = fixed * Math.sqrt(sequentialInflation(boundary, 0.03, power));
      const { upper, lower } = crossingProbabilities(boundary.z, boundary.fractions, drift);
      expect([...upper, ...lower].reduce((sum, one) => sum + one, 0)).toBeCloseTo(power, 9);
    }
  });

  test("refuse looks and fractions that make no plan", () => {
    for (const bad of [
      constantBoundary("pocock", 0),
      constantBoundary("pocock", 2.5),
      constantBoundary("pocock", 1000),
      constantBoundary("pocock", 3, 1),
      constantBoundary("pocock", 3, 0.05, [0.5, 0.4, 1]),
      constantBoundary("pocock", 2, 0.05, [0.5, 1.2]),
      constantBoundary("pocock", 3, 0.05, [0.5, 1]),
      spendingBoundary([]),
    ])
      expect(bad.ok).toBe(false);
  });
});

describe("the always-valid test", () => {
  const look = (n: number, effect: number) => ({ effect, standardError: Math.sqrt(50 / n) });

  test("of one look and of four has the values of the formula", () => {
    const [only] = unwrap(alwaysValid([look(4000, 0.35)], 0.2));
    expect(only.ratio).toBeCloseTo(20.40522653, 7);
    expect(only.pValue).toBeCloseTo(0.04900705211, 10);
    expect(only.reach).toBeCloseTo(0.3490584775, 9);
    const looks = [look(500, 0.3), look(1000, 0.42), look(2000, 0.33), look(4000, 0.35)];
    expectAll(
      unwrap(alwaysValid(looks, 0.2)).map((result) => result.pValue),
      [1, 0.6125610503, 0.4220835622, 0.04900705211],
      9,
    );
  });

  test("its interval excludes 0 exactly when the ratio of that look reaches 1 / alpha", () => {
    for (const effect of [0.1, 0.3, 0.349, 0.3491, 0.6]) {
      const [result] = unwrap(alwaysValid([look(4000, effect)], 0.2));
      expect(result.interval[0] > 0).toBe(result.ratio >= 20);
    }
  });

  test("read at every one of 400 looks, it is wrong less than 5 % of the time, where a fixed test is wrong a third of it", () => {
    const random = createRandom(6);
    const runs = 600;
    let valid = 0;
    let peeked = 0;
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      const looks = [];
      let crossed = false;
      for (let n = 1; n <= 400; n++) {
        sum += random.normal();
        looks.push({ effect: sum / n, standardError: 1 / Math.sqrt(n) });
        if (n >= 10 && Math.abs(sum) > 1.959964 * Math.sqrt(n)) crossed = true;
      }
      if (unwrap(alwaysValid(looks, 0.2))[399].pValue <= 0.05) valid++;
      if (crossed) peeked++;
    }
    expect(valid / runs).toBeLessThan(0.05);
    expect(peeked / runs).toBeGreaterThan(0.25);
  });

  test("refuses a tau, an alpha or a look that makes no sense", () => {
    expect(alwaysValid([look(10, 1)], 0).ok).toBe(false);
    expect(alwaysValid([look(10, 1)], 0.2, 1).ok).toBe(false);
    expect(alwaysValid([{ effect: 1, standardError: 0 }], 0.2).ok).toBe(false);
    expect(alwaysValid([{ effect: Number.NaN, standardError: 1 }], 0.2).ok).toBe(false);
  });
});
