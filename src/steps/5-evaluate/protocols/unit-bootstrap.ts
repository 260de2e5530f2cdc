/** Bootstrap intervals for scored cases: whole units are drawn, because the cases of one unit are not independent. */

import type { Random } from "../../../core/random.ts";
import type { ScoredCases } from "../metrics/metric.ts";

/** What is measured of one set of scored cases; NaN where there is nothing to measure. */
export interface UnitMeasures {
  readonly averagePrecision: number;
  readonly aucRoc: number;
  /** Mean over days of the share of positives among the `checked` units with the highest scores, caught units removed. */
  readonly unitPrecision: number;
  /** Share of positives among each day's `alerts` cases with the highest scores. */
  readonly budgetRecall: number;
}

/** How much is looked at each day; 0 where nobody looks at single cases. */
export interface DailyBudget {
  readonly units: number;
  readonly alerts: number;
}

/** Of a task in which scores are used as they are, such as a click prediction. */
export const NO_BUDGET: DailyBudget = { units: 0, alerts: 0 };

/** Cases made ready: measured again and again with other weights of their units. */
export interface UnitSample {
  /** Units are whole numbers below it. */
  readonly units: number;
  /** What an interval rests on: the units that hold a positive, or those that hold a negative, whichever are fewer. */
  readonly support: number;
  /** Share of positives. */
  readonly base: number;
  /** `weight` is how often each unit was drawn; all 1 gives the sample itself. */
  measure(weight: Float64Array): UnitMeasures;
}

/** Sorts once; each measurement is then one pass over the cases. */
export function openUnitSample(cases: ScoredCases, budget: DailyBudget): UnitSample {
  const { unit, units } = numberUnits(cases.unit);
  const order = Int32Array.from(unit, (_, row) => row).sort((a, b) => cases.scores[b] - cases.scores[a] || a - b);
  const ranked = rankCases(cases, unit, order);
  const days = openDays(cases, unit, order);
  const positives = ranked.unit.filter((_, at) => ranked.label[at] === 1);
  return {
    units,
    support: Math.min(...[0, 1].map((label) => new Set(unit.filter((_, row) => cases.labels[row] === label)).size)),
    base: positives.length / unit.length,
    measure: (weight) => ({
      ...measureCurve(ranked, weight),
      // Where nothing could be found every model has 0, which says nothing of any.
      unitPrecision: positives.length === 0 ? Number.NaN : unitPrecisionOf(days, weight, budget.units),
      budgetRecall: budgetRecallOf(days, positives, weight, budget.alerts),
    }),
  };
}

/** The number of each case's unit, in the order in which they appear. */
function numberUnits(keys: ArrayLike<number>): { readonly unit: Int32Array; readonly units: number } {
  const numbers = new Map<number, number>();
  const unit = Int32Array.from(keys, (one) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  });
  return { unit, units: numbers.size };
}

/** Cases by score, highest first, column by column: draws pass over them hundreds of times. */
interface RankedCases {
  readonly unit: Int32Array;
  readonly label: Uint8Array;
  /** Where runs end. A run is all cases of one score with a positive among them, or all between two such scores. */
  readonly runEnds: Int32Array;
}

function rankCases({ labels, scores }: ScoredCases, unit: Int32Array, order: Int32Array): RankedCases {
  const ends: number[] = [];
  for (let at = 0; at < order.length; ) {
    const start = at;
    let hasPositive = false;
    for (const score = scores[order[start]]; at < order.length && scores[order[at]] === score; at++)
      hasPositive ||= labels[order[at]] === 1;
    if (hasPositive && start > (ends.at(-1) ?? 0)) ends.push(start);
    if (hasPositive || at === order.length) ends.push(at);
  }
  return {
    unit: order.map((row) => unit[row]),
    label: Uint8Array.from(order, (row) => labels[row]),
    runEnds: Int32Array.from(ends),
  };
}

/** The sums behind average precision and AUC; tied scores enter together, a tie counts half in the AUC. */
function measureCurve(
  { unit, label, runEnds }: RankedCases,
  weight: Float64Array,
): Pick<UnitMeasures, "averagePrecision" | "aucRoc"> {
  let [positives, negatives, precision, area, at] = [0, 0, 0, 0, 0];
  for (const end of runEnds) {
    let [all, up] = [0, 0];
    for (; at < end; at++) {
      all += weight[unit[at]];
      up += label[at] * weight[unit[at]];
    }
    area += (all - up) * (positives + up / 2);
    positives += up;
    negatives += all - up;
    if (up > 0) precision += (up * positives) / (positives + negatives);
  }
  return {
    averagePrecision: positives > 0 ? precision / positives : Number.NaN,
    aucRoc: positives > 0 && negatives > 0 ? area / (positives * negatives) : Number.NaN,
  };
}

/** A unit of a day with its highest label, or one case. */
interface ScoredUnit {
  readonly unit: number;
  label: number;
}

/** One day: its units by highest score, and its cases by score. */
interface ScoredDay {
  readonly units: readonly ScoredUnit[];
  readonly cases: readonly ScoredUnit[];
}

function openDays({ day, labels }: ScoredCases, unit: Int32Array, order: Int32Array): readonly ScoredDay[] {
  const days = new Map<number, { units: Map<number, ScoredUnit>; cases: ScoredUnit[] }>();
  for (const row of order) {
    const one = days.get(day[row]) ?? { units: new Map<number, ScoredUnit>(), cases: [] };
    days.set(day[row], one);
    const label = labels[row];
    one.cases.push({ unit: unit[row], label });
    const seen = one.units.get(unit[row]);
    if (seen === undefined) one.units.set(unit[row], { unit: unit[row], label });
    else seen.label = Math.max(seen.label, label);
  }
  return [...days].sort(([a], [b]) => a - b).map(([, { units, cases }]) => ({ units: [...units.values()], cases }));
}

function unitPrecisionOf(days: readonly ScoredDay[], weight: ArrayLike<number>, checked: number): number {
  const caught = new Set<number>();
  let sum = 0;
  for (const { units } of days) {
    let [left, found] = [checked, 0];
    const today: number[] = [];
    for (const { unit, label } of units) {
      if (left <= 0) break;
      if (caught.has(unit)) continue;
      const taken = Math.min(left, weight[unit]);
      left -= taken;
      found += label * taken;
      if (label === 1 && taken > 0) today.push(unit);
    }
    for (const unit of today) caught.add(unit);
    sum += found / checked;
  }
  return days.length === 0 ? Number.NaN : sum / days.length;
}

/** `positives` holds the unit of each positive. Equal scores are looked at in the order in which the cases came. */
function budgetRecallOf(
  days: readonly ScoredDay[],
  positives: Int32Array,
  weight: ArrayLike<number>,
  alerts: number,
): number {
  let found = 0;
  for (const { cases } of days) {
    let left = alerts;
    for (let at = 0; at < cases.length && left > 0; at++) {
      const { unit, label } = cases[at];
      const taken = Math.min(left, weight[unit]);
      left -= taken;
      found += label * taken;
    }
  }
  const all = positives.reduce((sum, unit) => sum + weight[unit], 0);
  return all > 0 ? found / all : Number.NaN;
}

/** Values of the sample itself and of each draw, index for index over samples of the same cases: differences are paired. */
export interface UnitBootstrap {
  readonly value: UnitMeasures;
  readonly draws: readonly UnitMeasures[];
  /** As the sample's. */
  readonly support: number;
  readonly base: number;
}

/** Draws units with replacement. Samples of the same cases under equal randoms get the same draws. */
export function bootstrapUnits(sample: UnitSample, random: Random, resamples: number): UnitBootstrap {
  return {
    value: sample.measure(new Float64Array(sample.units).fill(1)),
    draws: drawUnits(sample.units, random, resamples, (weight) => sample.measure(weight)),
    support: sample.support,
    base: sample.base,
  };
}

/** The same for anything that can be measured of some `cases` with a weight on each: that of its unit. `keys` holds the unit of every case. */
export function bootstrapCases<T>(
  keys: ArrayLike<number>,
  cases: Int32Array,
  measure: (weight: Float64Array) => T,
  random: Random,
  resamples: number,
): readonly T[] {
  const { unit, units } = numberUnits(keys);
  const weights = new Float64Array(cases.length);
  return drawUnits(units, random, resamples, (weight) => {
    for (let at = 0; at < cases.length; at++) weights[at] = weight[unit[cases[at]]];
    return measure(weights);
  });
}

/** `measure` is given how often each unit was drawn, in the same array each time. */
function drawUnits<T>(
  units: number,
  random: Random,
  resamples: number,
  measure: (weight: Float64Array) => T,
): readonly T[] {
  const weight = new Float64Array(units);
  return Array.from({ length: resamples }, () => {
    weight.fill(0);
    for (let i = 0; i < units; i++) weight[random.below(units)]++;
    return measure(weight);
  });
}
