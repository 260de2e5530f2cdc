import { expect, it } from "vitest";
import { createRandom, type Random } from "../../../core/random.ts";
import { differenceInterval, measureInterval, percentileInterval, shareInterval } from "./drawn-interval.ts";
import { bootstrapUnits, NO_BUDGET, openUnitSample } from "./unit-bootstrap.ts";

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

/** Cards with one to three cases; a card with a fraud has it in its first case, `apart` standard deviations higher. */
function draw(random: Random, cards: number, rate: number, apart: number) {
  const rows = Array.from({ length: cards }, (_, unit) => {
    const isFraud = random.uniform() < rate;
    const taste = 0.5 * random.normal();
    return Array.from({ length: 1 + random.below(3) }, (_, at) => {
      const label = Number(isFraud && at === 0);
      return { unit, label, score: taste + random.normal() + apart * label };
    });
  }).flat();
  return {
    day: new Int32Array(rows.length),
    unit: Int32Array.from(rows, ({ unit }) => unit),
    labels: Uint8Array.from(rows, ({ label }) => label),
    scores: Float64Array.from(rows, ({ score }) => score),
  };
}

it.each([
  [3, 60, 0.3],
  [4.5, 60, 0.3],
  [4.5, 400, 0.2],
  [6, 30, 0.5],
])(
  "covers average precision and AUC also near 1: %d apart, %i cards, a share of %d with a fraud",
  (apart, cards, rate) => {
    const random = createRandom(17);
    const large = openUnitSample(draw(random, 40_000, rate, apart), NO_BUDGET);
    const truth = large.measure(new Float64Array(large.units).fill(1));
    const hits = { averagePrecision: 0, aucRoc: 0 };
    let judged = 0;
    for (let run = 0; run < 150; run++) {
      const measured = bootstrapUnits(openUnitSample(draw(random, cards, rate, apart), NO_BUDGET), random, 200);
      if (measured.support < 10) continue;
      judged++;
      for (const key of ["averagePrecision", "aucRoc"] as const) {
        const [low, high] = measureInterval(key, measured) ?? [Number.NaN, Number.NaN];
        if (low <= truth[key] && truth[key] <= high) hits[key]++;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
    for (const hit of Object.values(hits)) expect(hit / judged).toBeGreaterThan(0.935 - 2 * Math.sqrt(0.0475 / judged));
  },
);
