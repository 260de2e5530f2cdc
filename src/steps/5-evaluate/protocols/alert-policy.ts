/** From scores to alerts: the threshold that a cost matrix or the review team's day implies, and what its alerts bring. */

import { DAY } from "../../../core/day.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { sortFloats } from "../../../core/sort-floats.ts";
import type { FrameFacts } from "../../2-frame/schema.ts";
import { costThreshold } from "../metrics/cost.ts";

/** What fixes the threshold. */
export type AlertPolicy =
  | { readonly policy: "capacity"; readonly alertsPerDay: number }
  | { readonly policy: "cost"; readonly falsePositive: number; readonly falseNegative: number };

const USUAL_CAPACITY = 100;

/**
 * As the note writes it; a hundred alerts a day where it names no policy. Fails for a policy that lacks its numbers, and for one that is
 * not run.
 */
export function alertPolicyOf({ threshold }: FrameFacts): Outcome<AlertPolicy> {
  const { policy = "capacity", capacity } = threshold ?? {};
  const miss = threshold?.["false-negative"]?.value;
  const alarm = threshold?.["false-positive"]?.value;
  const perDay = capacity === undefined ? USUAL_CAPACITY : capacity.value * DAY;
  switch (policy) {
    case "cost":
      if (miss === undefined || alarm === undefined)
        return refuse("a threshold by cost needs the costs of a miss and of a false alarm");
      if (!(alarm > 0 && miss > alarm))
        return refuse(
          "a miss has to cost more than a false alarm, and a false alarm more than nothing: else no alert pays",
        );
      return succeed({ policy, falsePositive: alarm, falseNegative: miss });
    case "capacity":
      if (threshold?.policy !== undefined && capacity === undefined)
        return refuse("a threshold by capacity needs the alerts that can be looked at in a day");
      return succeed({ policy, alertsPerDay: Math.max(1, Math.round(perDay)) });
    case "precision-floor":
    case "recall-floor":
      return refuse(`a run chooses its threshold by cost or by capacity; \`${policy}\` is reviewed, and not run`);
    default:
      return policy satisfies never;
  }
}

function refuse(message: string): Outcome<never> {
  return fail({
    code: "bad-threshold",
    message,
    where: "2.threshold",
    fix: "threshold: { policy: capacity, capacity: 100/day } or { policy: cost, false-positive: $5, false-negative: $120 }",
  });
}

/** Calibrated probabilities of days whose labels are known: what a threshold is chosen on. */
export interface PolicyRows {
  readonly probabilities: Float64Array;
  readonly days: number;
}

/**
 * Cases of at least this probability become alerts. Infinity where there is nothing to choose on. Equal probabilities become alerts
 * together: the threshold is the lowest whose alerts keep to the capacity, or the highest probability there is where none does.
 */
export function alertThreshold(policy: AlertPolicy, { probabilities, days }: PolicyRows): number {
  if (policy.policy === "cost")
    return costThreshold({ fp: policy.falsePositive, fn: policy.falseNegative, tp: policy.falsePositive, tn: 0 });
  const sorted = sortFloats(probabilities);
  const alerts = Math.min(sorted.length, Math.round(policy.alertsPerDay * days));
  if (alerts < 1) return Number.POSITIVE_INFINITY;
  const last = sorted.length - alerts;
  return sorted[last - 1] === sorted[last] ? (sorted.find((one) => one > sorted[last]) ?? sorted[last]) : sorted[last];
}

/** What the alerts of a period bring. Money is in the currency of the data. */
export interface AlertYield {
  readonly alerts: number;
  readonly caught: number;
  readonly positives: number;
  /** Amounts of the positives among the alerts. */
  readonly saved: number;
  /** Amounts of all positives. */
  readonly atStake: number;
}

/** `weight` is how often each case counts; once where it is absent. */
export function alertYield(
  threshold: number,
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  amounts: Float64Array,
  weight?: ArrayLike<number>,
): AlertYield {
  let [alerts, caught, positives, saved, atStake] = [0, 0, 0, 0, 0];
  for (let row = 0; row < probabilities.length; row++) {
    const times = weight === undefined ? 1 : weight[row];
    const isAlert = probabilities[row] >= threshold;
    if (isAlert) alerts += times;
    if (labels[row] === 0) continue;
    positives += times;
    atStake += times * amounts[row];
    if (!isAlert) continue;
    caught += times;
    saved += times * amounts[row];
  }
  return { alerts, caught, positives, saved, atStake };
}
