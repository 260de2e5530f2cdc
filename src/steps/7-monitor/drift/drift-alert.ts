/** An alert on drift as a run measures it: what it watches, by which measure, and what the worst of its signals says. */

import { formatNumber } from "../../../core/format-figure.ts";
import { type Condition, holds } from "../../../design/condition.ts";
import { adjustPValues, CORRECTIONS, type Correction } from "../../6-deploy/experiment/multiple-comparisons.ts";
import type { Alert } from "../alerts.ts";
import { driftTarget } from "../drift-target.ts";
import { type DriftMeasure, isPValue, measureDrift, readDriftMeasure, USUAL_BINS } from "./drift-measure.ts";

/** Plain JSON: it is part of what a stage reads. */
export type DriftWatch = {
  readonly measure: DriftMeasure;
  readonly bins: number;
  readonly on: "features" | "prediction" | "label";
  /** One signal by its name; all of them where empty. */
  readonly of: string;
  /** For p-values of several signals. */
  readonly correction: Correction;
};

/** Undefined where the alert's metric is no measure of drift. */
export function driftWatchOf({ facts, kind }: Alert): DriftWatch | undefined {
  const measure = readDriftMeasure(facts.metric, facts.alert === undefined && facts["p-value"] !== undefined);
  if (measure === undefined || kind !== "drift") return undefined;
  return {
    measure,
    bins: facts.bins ?? USUAL_BINS,
    on: driftTarget(facts),
    of: facts.of ?? "",
    correction: correctionOf(facts.correction ?? "none"),
  };
}

/** A name that is none of the known ones is taken for the most cautious. */
function correctionOf(written: string): Correction {
  const name = written.toLowerCase().replaceAll(/[\s_]+/gu, "-");
  if (/^(?:bh|fdr)$/u.test(name)) return "benjamini-hochberg";
  return CORRECTIONS.find((one) => one === name) ?? "bonferroni";
}

/** Everything on drift that alerts and triggers of retraining ask for. A trigger such as `psi > 0.2` speaks of all features. */
export function driftWatchesOf(alerts: readonly Alert[], triggers: readonly Condition[]): DriftWatch[] {
  return [...alerts.map(driftWatchOf), ...triggers.map(({ metric }) => featureWatch(metric))].filter(
    (watch) => watch !== undefined,
  );
}

/** A measure of all features; undefined where the name is no measure of drift. */
export function featureWatch(metric: string): DriftWatch | undefined {
  const measure = readDriftMeasure(metric);
  return measure === undefined ? undefined : { measure, bins: USUAL_BINS, on: "features", of: "", correction: "none" };
}

/** Tells watches apart: the key of what was measured for one. */
export function watchKey({ measure, bins, on, of, correction }: DriftWatch): string {
  return `${measure}, ${bins} bins, ${on}, ${of}, ${correction}`;
}

/** What is said where an alert on drift names something else. */
export const UNKNOWN_DRIFT =
  "a run compares two windows by PSI, KS, chi-square, Cramér's V, Jensen-Shannon, Kullback-Leibler or Wasserstein; this is none of them";

/** What is measured, in the note's words; where the alert is a level alone, the p-value that is held against it. */
export function metricOf(alert: Alert): string {
  const { facts } = alert;
  return (facts.alert === undefined ? driftWatchOf(alert)?.measure : undefined) ?? facts.metric;
}

/** What fires it: as stated, else a p-value below the stated level. */
export function conditionOf({ facts }: Alert): string {
  const level = facts["p-value"];
  if (facts.alert !== undefined) return facts.alert.text;
  return level === undefined ? "" : `< ${level.text}`;
}

/** A signal in the reference window and in the current one. */
export interface DriftSample {
  readonly name: string;
  /** Counts over all time: it can only grow, so that it moves whatever happens. */
  readonly onlyGrows?: boolean;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** The unit of each row, whose rows are alike; absent where rows stand alone. */
  readonly units?: { readonly reference: ArrayLike<number>; readonly current: ArrayLike<number> };
}

/** Plain JSON. The value is null, with the reason, where nothing could be measured. */
export type WatchedDrift = {
  readonly value: number | null;
  readonly note: string;
  /** What chance alone stays below; null where that is not known. */
  readonly chance: number | null;
  /** Rows of the current window; null where nothing was measured. */
  readonly n: number | null;
};

/**
 * The signal that moved most among those that are watched. Where all are watched, those that can only grow are left out and named: they
 * would always be the first.
 */
export function watchDrift(watch: DriftWatch, samples: readonly DriftSample[]): WatchedDrift {
  const { measure, correction, of, bins } = watch;
  const growing = of === "" ? samples.filter(({ onlyGrows }) => onlyGrows === true) : [];
  const wanted =
    of === "" ? samples.filter((one) => !growing.includes(one)) : samples.filter(({ name }) => name === of);
  const leftOut =
    growing.length === 0 ? "" : `; left out because they can only grow: ${growing.map(({ name }) => name).join(", ")}`;
  const nothing = { value: null, chance: null, n: null };
  if (wanted.length === 0)
    return {
      ...nothing,
      note:
        growing.length > 0
          ? `every signal that could be watched can only grow${leftOut}`
          : `this run has no signal \`${of}\`; it has ${samples.map(({ name }) => name).join(", ")}`,
    };
  const outcomes = wanted.map(({ name, reference, current, units }) => ({
    name,
    n: current.length,
    drift: measureDrift(measure, reference, current, { bins, units }),
  }));
  const measured = outcomes.flatMap(({ name, n, drift }) => (drift.ok ? [{ name, n, ...drift.value }] : []));
  if (measured.length === 0) {
    const failed = outcomes.flatMap(({ name, drift }) => (drift.ok ? [] : [`${name}: ${drift.failure.message}`]));
    return { ...nothing, note: failed[0] };
  }
  const adjusted = isPValue(measure)
    ? adjustPValues(
        measured.map(({ value }) => value),
        correction,
      )
    : undefined;
  const values = adjusted?.ok ? adjusted.value : measured.map(({ value }) => value);
  const sign = isPValue(measure) ? -1 : 1;
  const at = values.reduce((most, value, i) => (sign * value > sign * values[most] ? i : most), 0);
  const { name, note, value, chance = null, n } = measured[at];
  const among = measured.length === 1 ? name : `${name}, which moved most of ${measured.length}`;
  const before =
    values[at] === value ? "" : `; ${formatNumber(value, 3)} before the correction (${correction}) for several tests`;
  return { value: values[at], note: `${among}; ${note}${before}${leftOut}`, chance, n };
}

/** Beyond the limit, but not beyond what chance alone does: not settled. Undefined where the point says all that is known. */
export function driftVerdict(condition: Condition, { value, chance }: WatchedDrift): "not settled" | undefined {
  if (value === null || chance === null) return undefined;
  return holds(condition, value) && value <= chance ? "not settled" : undefined;
}
