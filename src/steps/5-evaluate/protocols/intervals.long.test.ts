import { expect, test } from "vitest";
import {
  allowed,
  CENTRED,
  LONG_TAILS,
  meanCoverage,
  pairedShares,
  skewedDifferences,
  tTestRejections,
} from "../../../../test/interval-simulations.ts";
import { createRandom } from "../../../core/random.ts";
import { LEAST_UNITS } from "./bootstrap.ts";

test.each(LONG_TAILS)(
  "the bootstrap covers a mean with a long tail as often as it claims, from ten units on: %s",
  (_, law, truth) => {
    const random = createRandom(17);
    for (const n of [LEAST_UNITS, 30, 60]) {
      const covered = meanCoverage(law, truth, n, 1000, random);
      expect(Math.abs(covered - 0.95), `${n} units`).toBeLessThan(allowed(1000));
    }
  },
);

test.each(CENTRED)(
  "the bootstrap of a paired difference covers 0 as often as it claims from ten units on: %s",
  (_, law, range) => {
    const random = createRandom(23);
    for (const n of [LEAST_UNITS, 20, 60]) {
      const { covered, rejected } = pairedShares(law, n, 1500, random, range);
      expect(covered, `${n} units`).toBeGreaterThan(0.95 - allowed(1500));
      // Bounds that hold for whatever can come within a range cover more where much can.
      if (range === undefined) expect(covered, `${n} units`).toBeLessThan(0.95 + allowed(1500));
      expect(rejected, `${n} units`).toBeLessThan(0.05 + allowed(1500));
    }
  },
);

test("the bootstrap of a paired difference says by p what it says by interval, also where a long tail widens it", () => {
  for (const { pValue, isApart } of skewedDifferences(200, createRandom(29)))
    if (Math.abs(pValue - 0.05) > 0.01) expect(pValue < 0.05, `p ${pValue}`).toBe(isApart);
});

test("the paired t test rejects a true null 5 % of the time when each unit brings several correlated requests", () => {
  const rejected = tTestRejections(2000, createRandom(23));
  expect(Math.abs(rejected - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 2000));
});
