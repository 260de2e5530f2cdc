import { expect, it } from "vitest";
import { measureCoverage } from "../../../../test/scored-simulations.ts";
import { createRandom } from "../../../core/random.ts";
import { differenceInterval, percentileInterval, shareInterval } from "./drawn-interval.ts";

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
