import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../../core/random.ts";
import { aucRoc } from "../metrics/auc-roc.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { dailyCardPrecision } from "../metrics/card-precision.ts";
import { measureInterval, percentileInterval } from "./drawn-interval.ts";
import { bootstrapUnits, NO_BUDGET, openUnitSample } from "./unit-bootstrap.ts";

function randomCases(rows: number, random = createRandom(11)) {
  const labels = Uint8Array.from({ length: rows }, () => Number(random.uniform() < 0.1));
  return {
    day: Int32Array.from({ length: rows }, () => random.below(4)),
    unit: Int32Array.from({ length: rows }, () => random.below(60)),
    labels,
    // Rounded, so that there are ties.
    scores: Float64Array.from(labels, (label) => Math.round(10 * (label + random.normal())) / 10),
  };
}

describe("a sample of cards", () => {
  const cases = randomCases(800);
  const sample = openUnitSample(cases, { units: 10, alerts: 800 });

  it("gives the metrics themselves when every card is drawn once", () => {
    const value = sample.measure(new Float64Array(sample.units).fill(1));
    const daily = dailyCardPrecision({ ...cases, scores: distinct(cases.scores) }, 10);
    expect(value.averagePrecision).toBeCloseTo(averagePrecision(cases.labels, cases.scores), 12);
    expect(value.aucRoc).toBeCloseTo(aucRoc(cases.labels, cases.scores), 12);
    expect(value.unitPrecision).toBeCloseTo(daily.reduce((sum, one) => sum + one, 0) / daily.length, 12);
    expect(value.budgetRecall).toBe(1);
  });

  it("gives tied scores one precision, whatever order their rows have", () => {
    const measure = (labels: readonly number[], scores: readonly number[]) => {
      const cases = {
        day: labels.map(() => 0),
        unit: labels.map((_, row) => row),
        labels,
        scores: Float64Array.from(scores),
      };
      const one = openUnitSample(cases, { units: 2, alerts: 2 });
      return one.measure(new Float64Array(one.units).fill(1));
    };
    // One score for all: every threshold flags all or nothing.
    expect(measure([0, 0, 0, 1], [5, 5, 5, 5])).toMatchObject({ averagePrecision: 0.25, aucRoc: 0.5 });
    expect(measure([1, 0, 0, 0], [5, 5, 5, 5]).averagePrecision).toBe(0.25);
    // First score: 1 of 2 found at precision 1/2; second: the other at 2/5; by hand 1/2 x 1/2 + 1/2 x 2/5.
    expect(measure([0, 1, 0, 0, 1], [2, 2, 1, 1, 1]).averagePrecision).toBeCloseTo(0.45, 12);
    expect(measure([1, 0, 1, 0, 0], [2, 2, 1, 1, 1]).averagePrecision).toBeCloseTo(0.45, 12);
    expect(measure([1, 0, 1, 0, 0], [2, 2, 1, 1, 1]).aucRoc).toBeCloseTo((1 / 2 + 2 + 2 / 2) / 6, 12);
  });

  it("measures no precision of cards where none is compromised: every model had 0, and 0 between them", () => {
    const quiet = openUnitSample({ ...cases, labels: cases.labels.map(() => 0) }, { units: 10, alerts: 800 });
    const value = quiet.measure(new Float64Array(quiet.units).fill(1));
    expect(Object.values(value)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    const missed = { day: [0, 0], unit: [0, 1], labels: [0, 1], scores: [2, 1] };
    const one = openUnitSample(missed, { units: 1, alerts: 1 });
    expect(one.measure(new Float64Array(one.units).fill(1)).unitPrecision).toBe(0);
  });

  it("counts a card drawn twice as two cards", () => {
    const twice = randomCases(200);
    const doubled = {
      day: Int32Array.from([...twice.day, ...twice.day]),
      unit: Int32Array.from([...twice.unit, ...twice.unit.map((unit) => unit + 60)]),
      labels: Uint8Array.from([...twice.labels, ...twice.labels]),
      scores: Float64Array.from([...twice.scores, ...twice.scores]),
    };
    const weighted = openUnitSample(twice, { units: 5, alerts: 5 });
    const value = weighted.measure(new Float64Array(weighted.units).fill(2));
    expect(value.averagePrecision).toBeCloseTo(averagePrecision(doubled.labels, doubled.scores), 12);
    expect(value.aucRoc).toBeCloseTo(aucRoc(doubled.labels, doubled.scores), 12);
  });

  it("finds intervals that hold the value, and the same ones from the same seed", () => {
    const draw = () => bootstrapUnits(sample, createRandom(5), 200);
    const interval = percentileInterval(
      draw().draws.map((one) => one.averagePrecision),
      sample.support,
    ) ?? [Number.NaN, Number.NaN];
    expect(interval[0]).toBeLessThan(draw().value.averagePrecision);
    expect(interval[1]).toBeGreaterThan(draw().value.averagePrecision);
    expect(draw()).toEqual(draw());
  });

  it("says nothing where too few draws have a value", () => {
    expect(percentileInterval([0.5, Number.NaN], 60)).toBeNull();
  });
});

describe("an interval of average precision and of AUC", () => {
  /** Cards with one to three cases; a card with a fraud has it in its first case. */
  const draw = (random: Random, cards: number, rate: number) => {
    const rows = Array.from({ length: cards }, (_, unit) => {
      const isFraud = random.uniform() < rate;
      const taste = 0.5 * random.normal();
      return Array.from({ length: 1 + random.below(3) }, (_, at) => {
        const label = Number(isFraud && at === 0);
        return { unit, label, score: taste + random.normal() + 1.5 * label };
      });
    }).flat();
    return {
      day: new Int32Array(rows.length),
      unit: Int32Array.from(rows, ({ unit }) => unit),
      labels: Uint8Array.from(rows, ({ label }) => label),
      scores: Float64Array.from(rows, ({ score }) => score),
    };
  };

  it("is refused where fewer than ten cards hold a fraud, however many hold none", () => {
    const cases = draw(createRandom(2), 400, 1);
    const few = { ...cases, labels: cases.labels.map((label, row) => (cases.unit[row] < 9 ? label : 0)) };
    const { draws, support } = bootstrapUnits(openUnitSample(few, NO_BUDGET), createRandom(1), 100);
    expect(support).toBe(9);
    expect(
      percentileInterval(
        draws.map(({ aucRoc }) => aucRoc),
        support,
      ),
    ).toBeNull();
    for (let units = 2; units < 10; units++) expect(percentileInterval([...Array(100).keys()], units)).toBeNull();
    expect(percentileInterval([...Array(100).keys()], 10)).not.toBeNull();
  });

  it.each([
    [24, 0.5],
    [50, 0.7],
    [60, 0.2],
    [150, 0.1],
  ])("covers what a large sample has as often as it claims: %i cards, a share of %d with a fraud", (cards, rate) => {
    const random = createRandom(31);
    const large = openUnitSample(draw(random, 60_000, rate), NO_BUDGET);
    const truth = large.measure(new Float64Array(large.units).fill(1));
    const [runs, hits] = [300, { averagePrecision: 0, aucRoc: 0 }];
    let judged = 0;
    for (let run = 0; run < runs; run++) {
      const measured = bootstrapUnits(openUnitSample(draw(random, cards, rate), NO_BUDGET), random, 300);
      if (measured.support < 10) continue;
      judged++;
      for (const key of ["averagePrecision", "aucRoc"] as const) {
        const [low, high] = measureInterval(key, measured) ?? [Number.NaN, Number.NaN];
        if (low <= truth[key] && truth[key] <= high) hits[key]++;
      }
    }
    // 1.5 points, and two standard errors; beyond 0.95 it may be cautious by three points.
    for (const hit of Object.values(hits)) {
      expect(hit / judged).toBeGreaterThan(0.935 - 2 * Math.sqrt(0.0475 / judged));
      expect(hit / judged).toBeLessThan(0.98 + 2 * Math.sqrt(0.0196 / judged));
    }
  });
});

/** Ties broken in the order of rows, as the sample breaks them. */
function distinct(scores: Float64Array): Float64Array {
  return scores.map((score, row) => score - row * 1e-9);
}
