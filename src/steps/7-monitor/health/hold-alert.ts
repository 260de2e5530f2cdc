/** One alert of the note held against what a run measured: whether it would fire, and how that is known. */

import { holds, parseCondition } from "../../../design/condition.ts";
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
    owner: facts.owner ?? "",
    action: facts.action ?? "",
  };
}

/** What a run knows of an alert's metric. The value is null, with the reason, where it knows nothing. */
export interface Measured {
  readonly value: number | null;
  readonly unit: string;
  readonly note: string;
}

export function notMeasured(note = "an offline run has no such measurement; production has"): Measured {
  return { value: null, unit: "", note };
}

/** `measure` is asked for the metric in the terms of the condition: its value, its drop or its rise. */
export function holdAlert<T extends AlertFacts>(
  alert: T,
  measure: (alert: T, change: "value" | "drop" | "rise") => Measured,
): AlertOutcome {
  const base = {
    step: 7 as const,
    kind: "alert" as const,
    metric: alert.of === "" ? alert.metric : `${alert.metric} of ${alert.of}`,
    condition: alert.condition,
    owner: alert.owner,
    action: alert.action,
  };
  const unknown = { ...base, measured: null, unit: "", fires: null };
  if (alert.burnRate !== "") {
    const note = "how fast an error budget burns shows over a window of production; a run has none";
    return { ...unknown, condition: alert.burnRate, note };
  }
  const condition = parseCondition(alert.condition);
  if (!condition.ok) return { ...unknown, note: "the note gives no condition" };
  const { value, unit, note } = measure(alert, condition.value.of);
  return { ...base, measured: value, unit, fires: value === null ? null : holds(condition.value, value), note };
}
