/** Compares two evaluations of the same requests or cases, pair by pair, in the metric that decides: out of what their stages kept. */

import { type Figure, figure } from "../../../core/figure.ts";
import { createRandom } from "../../../core/random.ts";
import type { Column } from "../../../core/table.ts";
import { evaluationIn } from "../../../system/evaluation.ts";
import type { StageResult } from "../../../system/stage.ts";
import { DIFFERENCE_RANGE, type ScoredCases } from "../metrics/metric.ts";
import { knownInterval, pairedBootstrap } from "./bootstrap.ts";
import { UNIT_RESAMPLES } from "./case-figures.ts";
import { differenceInterval } from "./drawn-interval.ts";
import { areSameLists } from "./list-prints.ts";
import { bootstrapUnits, openUnitSample, type UnitBootstrap } from "./unit-bootstrap.ts";

/** Columns that say which requests or cases were judged; the same in two evaluations that can be paired. */
const UNIT = "unit";
const CASE = ["day", "label"] as const;
/** Prefixes of a column for each subject: the metric of each request and the fingerprint of its list, or the score of each case. */
const VALUE = "value.";
const LIST = "list.";
const SCORE = "score.";

type Kept = Pick<StageResult, "json" | "arrays">;

/** What a stage keeps of requests, for `pairEvaluations`: whose they are, and by subject the deciding metric and the list of each. */
export function keepRequests(
  unit: Int32Array,
  values: ReadonlyMap<string, Float64Array>,
  prints: ReadonlyMap<string, Float64Array> = new Map(),
): Record<string, Column> {
  return { [UNIT]: unit, ...prefixed(VALUE, values), ...prefixed(LIST, prints) };
}

/** What a stage keeps of cases, for `pairEvaluations`: what they are, and the score of each, by subject. */
export function keepCases(
  { unit, day, labels }: Omit<ScoredCases, "scores">,
  scores: ReadonlyMap<string, Float64Array>,
): Record<string, Column> {
  const [ofDay, ofLabel] = CASE;
  return {
    [UNIT]: Int32Array.from(unit),
    [ofDay]: Int32Array.from(day),
    [ofLabel]: Uint8Array.from(labels),
    ...prefixed(SCORE, scores),
  };
}

/** The deciding metric of each request, as `keepRequests` kept it; undefined for a subject that was not judged. */
export function keptValues({ arrays }: Pick<StageResult, "arrays">, subject: string): Float64Array | undefined {
  const column = arrays[`${VALUE}${subject}`];
  return column instanceof Float64Array ? column : undefined;
}

/**
 * Differences, `after` minus `before`, by subject that both judged; a sentence where they cannot be paired. A subject that handed out the
 * same lists in both and got the same for each (what is wanted may have changed between the runs), and every subject where `isOne` says that
 * both are one evaluation, differs by exactly nothing.
 */
export function pairEvaluations(before: Kept, after: Kept, isOne = false): readonly Figure[] | string {
  const [metric, other] = [before, after].map(({ json }) => evaluationIn(json)?.metric);
  if (metric === undefined || other === undefined) return "one of the runs had nothing to judge";
  if (metric !== other) return "the two runs decide by different metrics";
  const isOfCases = CASE.every((name) => name in before.arrays);
  const judged = isOfCases ? "judged different cases" : "asked different requests";
  if (![UNIT, ...CASE].every((name) => isSame(before.arrays[name], after.arrays[name])))
    return `the two runs ${judged}: their splits differ`;
  return isOfCases ? pairCases(before, after, metric) : pairRequests(before, after, metric, isOne);
}

function pairRequests(
  { arrays: before }: Kept,
  { arrays: after }: Kept,
  metric: string,
  isOne: boolean,
): readonly Figure[] {
  const units = numbersOf(before[UNIT]);
  return sharedNames(VALUE, before, after).map((name) => {
    const subject = name.slice(VALUE.length);
    const isSameList = areSameLists(printsOf(before, subject), printsOf(after, subject));
    if (isOne || (isSameList && isSame(before[name], after[name])))
      return figure({
        ...{ step: 5, name: metric, subject, value: 0, interval: [0, 0], n: new Set(units).size },
        note: `the same on all ${units.length.toLocaleString("en-US")} requests`,
      });
    const options = { random: createRandom(7, name), units, range: DIFFERENCE_RANGE };
    const difference = pairedBootstrap(numbersOf(after[name]), numbersOf(before[name]), options);
    const { mean, n, pValue } = difference;
    const note = Number.isNaN(pValue)
      ? "too few units for an interval"
      : `p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;
    return figure({
      step: 5,
      name: metric,
      subject,
      value: mean,
      interval: knownInterval(difference),
      n,
      note,
    });
  });
}

/** Average precision is no mean over cases: both are measured on the same draws of whole units. */
function pairCases(before: Kept, after: Kept, metric: string): readonly Figure[] {
  const n = new Set(numbersOf(before.arrays[UNIT])).size;
  return sharedNames(SCORE, before.arrays, after.arrays).flatMap((name) => {
    const [a, b] = [before, after].map(({ arrays }) => drawn(arrays, name));
    const value = b.value.averagePrecision - a.value.averagePrecision;
    if (!Number.isFinite(value)) return [];
    const draws = a.draws.map((one, at) => b.draws[at].averagePrecision - one.averagePrecision);
    // One model gave both, whatever else it is asked.
    const isOne = isSame(before.arrays[name], after.arrays[name]);
    const interval = isOne ? ([0, 0] as const) : differenceInterval(draws, a.support);
    const note = isOne
      ? `the same scores of all ${before.arrays[UNIT].length.toLocaleString("en-US")} cases`
      : "on the same draws of units";
    return [figure({ step: 5, name: metric, subject: name.slice(SCORE.length), value, interval, n, note })];
  });
}

function printsOf(arrays: StageResult["arrays"], subject: string): Float64Array | undefined {
  const column = arrays[`${LIST}${subject}`];
  return column === undefined ? undefined : numbersOf(column);
}

function drawn(arrays: StageResult["arrays"], score: string): UnitBootstrap {
  const [day, labels] = CASE.map((name) => numbersOf(arrays[name]));
  const cases = { unit: numbersOf(arrays[UNIT]), day, labels, scores: numbersOf(arrays[score]) };
  return bootstrapUnits(openUnitSample(cases, { units: 1, alerts: 1 }), createRandom(7, "pairs"), UNIT_RESAMPLES);
}

function sharedNames(prefix: string, a: StageResult["arrays"], b: StageResult["arrays"]): string[] {
  return Object.keys(a).filter((name) => name.startsWith(prefix) && name in b);
}

function prefixed(prefix: string, columns: ReadonlyMap<string, Column>): Record<string, Column> {
  return Object.fromEntries([...columns].map(([subject, column]) => [`${prefix}${subject}`, column]));
}

/** Two columns that both lack are the same. */
function isSame(a: Column | undefined, b: Column | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [one, other] = [numbersOf(a), numbersOf(b)];
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

function numbersOf(column: Column): Float64Array {
  return Float64Array.from(column, Number);
}
