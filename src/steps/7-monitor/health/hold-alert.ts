/** One alert of the note held against what a run measured: whether it would fire, and how that is known. */

import { type Condition, holds, parseCondition } from "../../../design/condition.ts";
import type { AlertOutcome } from "../../../system/stage.ts";
import type { Alert } from "../alerts.ts";
import { conditionOf, type DriftWatch, driftWatchOf, metricOf } from "../drift/drift-alert.ts";

/** An alert as a stage keeps it: plain JSON. */
export type AlertFacts = {
  readonly metric: string;
  readonly of: string;
  readonly kind: string;
  readonly condition: string;
  /** Empty where the alert is on no burn rate. */
  readonly burnRate: string;
  /** Null where the metric is no measure of drift. */
  readonly drift: DriftWatch | null;
  /** Seconds for which it must hold, and after which the label of a prediction is known; 0 where the note does not say. */
  readonly holdsFor: number;
  readonly lag: number;
  readonly owner: string;
  readonly action: string;
};

export function alertFacts(alert: Alert): AlertFacts {
  const { facts, kind } = alert;
  const drift = driftWatchOf(alert) ?? null;
  const over = facts.window === undefined ? "" : ` over ${facts.window.text}`;
  return {
    metric: metricOf(alert),
    of: facts.of ?? (drift === null || drift.on === "features" ? "" : drift.on),
    kind,
    condition: conditionOf(alert),
    burnRate: facts["burn-rate"] === undefined ? "" : `burn rate > ${facts["burn-rate"].text}${over}`,
    drift,
    holdsFor: facts.for?.value ?? 0,
    lag: alert.lag ?? 0,
    owner: facts.owner ?? "",
    action: facts.action ?? "",
  };
}

/** What a run knows of an alert's metric. The value is null, with the reason, where it knows nothing. */
export interface Measured {
  readonly value: number | null;
  readonly unit: string;
  readonly note: string;
  /** Where more is known than the point: what the interval says, what it is, and how many units are behind it. */
  readonly verdict?: AlertOutcome["verdict"];
  readonly interval?: readonly [number, number] | null;
  readonly n?: number | null;
  /** Why the verdict may not be what it seems. */
  readonly doubt?: string;
}

export function notMeasured(note = "an offline run has no such measurement; production has"): Measured {
  return { value: null, unit: "", note };
}

/**
 * `measure` is asked for what the condition speaks of: the value, its drop or its rise. A verdict of its own goes before the point;
 * `fires` is true only where the verdict says so.
 */
export function holdAlert<T extends AlertFacts>(
  alert: T,
  measure: (alert: T, condition: Condition) => Measured,
): AlertOutcome {
  const base = {
    step: 7 as const,
    kind: "alert" as const,
    metric: alert.of === "" ? alert.metric : `${alert.metric} of ${alert.of}`,
    condition: alert.condition,
    owner: alert.owner,
    action: alert.action,
  };
  const unknown = { ...base, measured: null, unit: "", fires: null, verdict: "not measured" as const };
  if (alert.burnRate !== "") {
    const note = "how fast an error budget burns shows over a window of production; a run has none";
    return { ...unknown, condition: alert.burnRate, note };
  }
  const condition = parseCondition(alert.condition);
  if (!condition.ok) return { ...unknown, note: "the note gives no condition" };
  const { value, unit, note, verdict, interval = null, n = null, doubt } = measure(alert, condition.value);
  const point = value === null ? null : holds(condition.value, value);
  const said = verdict ?? (point === null ? "not measured" : point ? "fires" : "quiet");
  return {
    ...base,
    measured: value,
    unit,
    fires: said === "not measured" ? null : said === "fires",
    verdict: said,
    interval,
    n,
    note,
    ...(doubt === undefined ? {} : { doubt }),
  };
}
