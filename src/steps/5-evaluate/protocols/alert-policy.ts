/** From scores to alerts: the threshold that a cost matrix or the review team's day implies, and what its alerts bring. */

import type { FrameFacts } from "../../2-frame/schema.ts";
import { costThreshold } from "../metrics/cost.ts";

const SECONDS_PER_DAY = 86_400;

/** What fixes the threshold. */
export type AlertPolicy =
  | { readonly policy: "capacity"; readonly alertsPerDay: number }
  | { readonly policy: "cost"; readonly falsePositive: number; readonly falseNegative: number };

const USUAL_CAPACITY = 100;

/** As the note writes it; a hundred alerts a day where it does not. */
export function alertPolicyOf({ threshold }: FrameFacts): AlertPolicy {
  const miss = threshold?.["false-negative"]?.value;
  const alarm = threshold?.["false-positive"]?.value;
  if (threshold?.policy === "cost" && miss !== undefined && alarm !== undefined)
    return { policy: "cost", falsePositive: alarm, falseNegative: miss };
  const capacity = threshold?.capacity?.value;
  return {
    policy: "capacity",
    alertsPerDay: capacity === undefined ? USUAL_CAPACITY : Math.max(1, Math.round(capacity * SECONDS_PER_DAY)),
  };
}

/** Calibrated probabilities of days whose labels are known: what a threshold is chosen on. */
export interface PolicyRows {
  readonly probabilities: Float64Array;
  readonly days: number;
}

/**
 * Payments of at least this probability become alerts. Infinity where there is nothing to choose on. Equal probabilities become alerts
 * together: the threshold is the lowest whose alerts keep to the capacity, or the highest probability there is where none does.
 */
export function alertThreshold(policy: AlertPolicy, { probabilities, days }: PolicyRows): number {
  if (policy.policy === "cost")
    return costThreshold({ fp: policy.falsePositive, fn: policy.falseNegative, tp: policy.falsePositive, tn: 0 });
  const sorted = Float64Array.from(probabilities).sort();
  const alerts = Math.min(sorted.length, Math.round(policy.alertsPerDay * days));
  if (alerts < 1) return Number.POSITIVE_INFINITY;
  const last = sorted.length - alerts;
  return sorted[last - 1] === sorted[last] ? (sorted.find((one) => one > sorted[last]) ?? sorted[last]) : sorted[last];
}

/** What the alerts of a period bring. Money is in the currency of the data. */
export interface AlertYield {
  readonly alerts: number;
  readonly caught: number;
  readonly frauds: number;
  /** Amounts of the frauds among the alerts. */
  readonly saved: number;
  /** Amounts of all frauds. */
  readonly atStake: number;
}

/** `weight` is how often each payment counts; once where it is absent. */
export function alertYield(
  threshold: number,
  probabilities: Float64Array,
  labels: Uint8Array,
  amounts: Float64Array,
  weight?: ArrayLike<number>,
): AlertYield {
  let [alerts, caught, frauds, saved, atStake] = [0, 0, 0, 0, 0];
  for (let row = 0; row < probabilities.length; row++) {
    const times = weight === undefined ? 1 : weight[row];
    const isAlert = probabilities[row] >= threshold;
    if (isAlert) alerts += times;
    if (labels[row] === 0) continue;
    frauds += times;
    atStake += times * amounts[row];
    if (!isAlert) continue;
    caught += times;
    saved += times * amounts[row];
  }
  return { alerts, caught, frauds, saved, atStake };
}
