import { describe, expect, it } from "vitest";
import { measureCoverage } from "../../../../test/scored-simulations.ts";
import { studentT } from "../../../core/distribution-t.ts";
import { createRandom } from "../../../core/random.ts";
import { differenceInterval, measureInterval, percentileInterval, shareInterval } from "./drawn-interval.ts";
import type { UnitBootstrap, UnitMeasures } from "./unit-bootstrap.ts";

const same = (value: number): number[] => new Array<number>(300).fill(value);

it("of a share of which every draw says all or nothing is no point: what one unit in so many may bring is granted", () => {
  // 12 of 12: Clopper and Pearson end at 0.025^(1 / 12) = 0.735; the width of Student's law for so few goes a little beyond.
  const [low, high] = shareInterval(same(1), 12) ?? [];
  expect(low).toBeGreaterThan(0.66);
  expect(low).toBeLessThan(0.025 ** (1 / 12));
  expect(high).toBe(1);
  const [none, some] = shareInterval(same(0), 200) ?? [];
  expect(none).toBe(0);
  expect(some).toBeCloseTo(1 - 0.025 ** (1 / 200), 3);
  expect(shareInterval(same(1), 9)).toBeNull();
});

it("says nothing of fewer than ten units, nor of fewer than twenty draws with a number", () => {
  const draws = Array.from({ length: 20 }, (_, i) => 0.3 + i / 100);
  expect(percentileInterval(draws, 10)).not.toBeNull();
  expect(percentileInterval(draws, 9)).toBeNull();
  expect(percentileInterval(draws.with(3, Number.NaN), 200)).toBeNull();
  // Type 7: the 2.5 % quantile of 20 values is 0.475 steps beyond the first.
  expect(percentileInterval(draws, 200)?.[0]).toBeCloseTo(0.30475, 9);
});

it("leaves percentiles where enough units are away from both ends", () => {
  const random = createRandom(3);
  const draws = Array.from({ length: 300 }, () => 0.5 + 0.05 * random.normal());
  expect(shareInterval(draws, 80)).toEqual(percentileInterval(draws, 80));
  expect(differenceInterval(draws, 80)).toEqual(percentileInterval(draws, 80));
});

it("of a difference that no draw sees is not zero: some unit in so many may tell", () => {
  const [low = Number.NaN, high = Number.NaN] = differenceInterval(same(0), 40) ?? [];
  expect(high).toBeCloseTo(1 - 0.025 ** (1 / 40), 1);
  expect(low).toBeCloseTo(-high, 12);
  // Some two units tell: 15 % of the draws have none of them.
  const random = createRandom(5);
  const rare = Array.from({ length: 300 }, () => random.poisson(1.9) / 40);
  const [least = Number.NaN, most = Number.NaN] = differenceInterval(rare, 40) ?? [];
  expect(least).toBeLessThan(0);
  expect(most).toBeGreaterThan(percentileInterval(rare, 40)?.[1] ?? 1);
});

it("of average precision and AUC near 1 covers the truth and ends where the measure ends", () => {
  const runs = 40;
  const { covered, judged, least, most } = measureCoverage(
    { cards: 30, rate: 0.5, apart: [6] },
    runs,
    createRandom(17),
  );
  for (const share of Object.values(covered)) expect(share).toBeGreaterThan(0.935 - 2 * Math.sqrt(0.0475 / judged));
  expect(least).toBeGreaterThanOrEqual(0);
  expect(most).toBeLessThanOrEqual(1);
});

describe("the interval of one measure of a sample", () => {
  const of = (own: readonly number[], support: number, value: number): UnitBootstrap => {
    const all = (one: number): UnitMeasures => ({
      averagePrecision: one,
      aucRoc: one,
      unitPrecision: one,
      budgetRecall: one,
    });
    return { value: all(value), draws: own.map(all), support, base: 0.5 };
  };
  const spread = (middle: number, by: number, moved: number, all = 33): number[] => [
    ...new Array<number>(moved).fill(middle - by),
    ...new Array<number>(all - 2 * moved).fill(middle),
    ...new Array<number>(moved).fill(middle + by),
  ];
  /** Student's interval of the log-odds of the draws around the value, whose spread is that of sums of `support` units less one. */
  const byLogOdds = (own: readonly number[], support: number, value: number): readonly [number, number] => {
    const odds = own.map((one) => Math.log(one / (1 - one)));
    const mean = odds.reduce((sum, one) => sum + one, 0) / odds.length;
    const variance = odds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (odds.length - 1);
    const reach = studentT(support - 1).quantile(0.975) * Math.sqrt((variance * support) / (support - 1));
    const [low, high] = [-reach, reach].map((by) => 1 / (1 + Math.exp(-(Math.log(value / (1 - value)) + by))));
    return [low, high];
  };

  it("is Student's on the scale of log-odds of both measures of a curve, and the share's own of the others", () => {
    const own = spread(0.375, 0.125, 12);
    for (const key of ["averagePrecision", "aucRoc"] as const) {
      const [low = Number.NaN, high = Number.NaN] = measureInterval(key, of(own, 40, 0.375)) ?? [];
      expect(low).toBeCloseTo(byLogOdds(own, 40, 0.375)[0], 9);
      expect(high).toBeCloseTo(byLogOdds(own, 40, 0.375)[1], 9);
    }
    for (const key of ["unitPrecision", "budgetRecall"] as const)
      expect(measureInterval(key, of(own, 40, 0.375))).toEqual(shareInterval(own, 40));
  });

  it("stays the share's where the value is all or nothing, or fewer than three units are away from that", () => {
    const own = spread(0.375, 0.125, 12);
    for (const value of [0, 1]) expect(measureInterval("aucRoc", of(own, 40, value))).toEqual(shareInterval(own, 40));
    // Mean 3/8, variance 2 x 12 x (1/4)^2 / 32 = 3/64: (3/8)^2 / (3/64) is three units exactly.
    const three = spread(0.375, 0.25, 12);
    const [low] = measureInterval("aucRoc", of(three, 40, 0.375)) ?? [];
    expect(low).toBeCloseTo(byLogOdds(three, 40, 0.375)[0], 9);
    expect(shareInterval(three, 40)).toEqual(percentileInterval(three, 40));
    const fewer = spread(0.375, 0.25, 13);
    expect(measureInterval("aucRoc", of(fewer, 40, 0.375))).toEqual(shareInterval(fewer, 40));
    expect(shareInterval(fewer, 40)).not.toEqual(percentileInterval(fewer, 40));
    expect(measureInterval("aucRoc", of(own, 9, 0.375))).toBeNull();
  });

  it("is the percentiles from a hundred units on, where twenty are away from the nearer end", () => {
    // Mean 5/16, variance 2 x 5 x (1/8)^2 / 32 = 5/1024: (5/16)^2 / (5/1024) is twenty units exactly.
    const own = spread(0.3125, 0.125, 5);
    expect(measureInterval("aucRoc", of(own, 100, 0.3125))).toEqual(percentileInterval(own, 100));
    for (const [draws, support] of [
      [own, 99],
      [spread(0.3125, 0.125, 6), 100],
    ] as const)
      expect(measureInterval("aucRoc", of(draws, support, 0.3125))?.[0]).toBeCloseTo(
        byLogOdds(draws, support, 0.3125)[0],
        9,
      );
  });
});

it("of a difference is widened from more than one equal draw in ten on, and not by values that are none", () => {
  const draws = (equal: number): number[] => Array.from({ length: 30 }, (_, i) => (i < equal ? 0.5 : (i - 15) / 100));
  expect(differenceInterval(draws(3), 40)).toEqual(percentileInterval(draws(3), 40));
  const widened = differenceInterval(draws(4), 40) ?? [0, 0];
  expect(widened).not.toEqual(percentileInterval(draws(4), 40));
  expect(differenceInterval([...draws(4), Number.NaN], 40)?.[0]).toBeCloseTo(widened[0], 2);
});
