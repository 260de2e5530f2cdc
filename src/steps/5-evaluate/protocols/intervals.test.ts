import { describe, expect, test } from "vitest";
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
import { bootstrapMean, LEAST_UNITS, pairedBootstrap, quantileOf } from "./bootstrap.ts";
import { totalsByUnit } from "./by-unit.ts";
import { covarianceOf, momentsOf } from "./moments.ts";
import { pairedTTest } from "./paired-t-test.ts";

describe("moments", () => {
  test("agree with the definition and keep their digits far from zero", () => {
    const small = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(small.mean).toBe(5);
    expect(small.variance).toBeCloseTo(32 / 7, 14);
    expect(momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance).toBeCloseTo(1, 9);
    expect(momentsOf([3]).variance).toBeNaN();
    expect(covarianceOf([1, 2, 3], [2, 4, 6])).toBeCloseTo(2, 14);
  });
});

describe("the bootstrap by unit", () => {
  test("is the same for the same seed and different for another", () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i));
    const once = bootstrapMean(values, { random: createRandom(1), resamples: 300 });
    expect(bootstrapMean(values, { random: createRandom(1), resamples: 300 })).toEqual(once);
    expect(bootstrapMean(values, { random: createRandom(2), resamples: 300 }).interval).not.toEqual(once.interval);
  });

  test("keeps the requests of one unit together: ten copies of each value widen nothing", () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => (i % 3) + 0.1 * i);
    const copies = Float64Array.from({ length: 300 }, (_, i) => values[Math.floor(i / 10)]);
    const units = Array.from({ length: 300 }, (_, i) => `member ${Math.floor(i / 10)}`);
    const plain = bootstrapMean(values, { random: createRandom(3) });
    const clustered = bootstrapMean(copies, { random: createRandom(3), units });
    expect(clustered.n).toBe(30);
    expect(clustered.interval[0]).toBeCloseTo(plain.interval[0], 12);
    expect(clustered.interval[1]).toBeCloseTo(plain.interval[1], 12);
    const naive = bootstrapMean(copies, { random: createRandom(3) });
    expect(naive.interval[1] - naive.interval[0]).toBeLessThan(0.5 * (plain.interval[1] - plain.interval[0]));
  });

  test("covers a mean with a long tail as often as it claims, at its fewest units", () => {
    const [[, law, truth]] = LONG_TAILS;
    expect(Math.abs(meanCoverage(law, truth, LEAST_UNITS, 400, createRandom(17)) - 0.95)).toBeLessThan(allowed(400));
  });

  test("of a paired difference says by p what it says by interval, also where a long tail widens it", () => {
    for (const { pValue, isApart } of skewedDifferences(25, createRandom(29)))
      if (Math.abs(pValue - 0.05) > 0.01) expect(pValue < 0.05, `p ${pValue}`).toBe(isApart);
  });

  test("says nothing of so few units that it would reject a true null in half of all cases", () => {
    for (const n of [1, 2, 5, LEAST_UNITS - 1]) {
      const values = Float64Array.from({ length: n }, (_, i) => 0.4 + i);
      const { interval, mean } = bootstrapMean(values, { random: createRandom(1) });
      expect(mean).toBeCloseTo(0.4 + (n - 1) / 2, 12);
      expect(interval).toEqual([Number.NaN, Number.NaN]);
      expect(pairedBootstrap(values, new Float64Array(n), { random: createRandom(1) }).pValue).toBeNaN();
    }
  });

  test("of a paired difference covers 0 as often as it claims, at its fewest units", () => {
    const [[, law]] = CENTRED;
    const { covered, rejected } = pairedShares(law, LEAST_UNITS, 400, createRandom(23));
    expect(Math.abs(covered - 0.95)).toBeLessThan(allowed(400));
    expect(rejected).toBeLessThan(0.05 + allowed(400));
  });

  test("of a paired difference sees what an unpaired look would miss", () => {
    const random = createRandom(5);
    const base = Float64Array.from({ length: 200 }, () => random.normal());
    const better = base.map((value) => value + 0.05 + 0.1 * random.normal());
    const paired = pairedBootstrap(better, base, { random });
    expect(paired.interval[0]).toBeGreaterThan(0);
    expect(paired.pValue).toBeLessThan(0.01);
    expect(pairedBootstrap(base, better, { random }).interval[1]).toBeLessThan(0);
    expect(() => pairedBootstrap([1, 2], [1], { random })).toThrow(/2 and 1/);
  });
});

describe("the paired t test", () => {
  test("agrees with Student's sleep data, one of the oldest paired tables", () => {
    // Student (1908): hours of sleep gained by two drugs; t = -4.0621, df = 9, p = 0.002833.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const result = pairedTTest(first, second);
    expect(result.t).toBeCloseTo(-4.062127683, 8);
    expect(result.pValue).toBeCloseTo(0.00283289, 8);
    expect(result.interval[0]).toBeCloseTo(-2.4598858, 6);
    expect(result.interval[1]).toBeCloseTo(-0.7001142, 6);
  });

  test("rejects a true null 5 % of the time when each unit brings several correlated requests", () => {
    const rejected = tTestRejections(500, createRandom(23));
    expect(Math.abs(rejected - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 500));
  });

  test("of two equal models is no difference with p = 1, and of one unit is unknown", () => {
    expect(pairedTTest([1, 2, 3], [1, 2, 3]).pValue).toBe(1);
    expect(pairedTTest([1], [0]).pValue).toBeNaN();
  });
});

test("quantiles interpolate as R and NumPy do", () => {
  expect(quantileOf([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantileOf([1, 2, 3, 4], 0.1)).toBeCloseTo(1.3, 12);
  expect(quantileOf([], 0.5)).toBeNaN();
});

test("totals by unit refuse columns of different length", () => {
  expect(() => totalsByUnit([1, 2], ["a"])).toThrow(/2 values, but 1 units/);
});
