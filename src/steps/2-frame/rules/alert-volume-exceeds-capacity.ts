/** Finds more alerts than people can review. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, share } from "../../../review/words.ts";
import { domainOf } from "../../1-clarify/domain.ts";
import { trafficOf } from "../../1-clarify/traffic.ts";
import { readMetricNames } from "../metric-name.ts";

interface Found extends Hit {
  readonly alerts?: number;
  readonly capacity?: number;
  /** Predictions a day and the share of them that alert, where the alerts are computed. */
  readonly of?: readonly [number, number];
}

const REVIEWED: readonly string[] = ["fraud", "abuse", "spam"];

export const rule = defineRule<Found, { full: number; kWithin: number }>({
  code: "HP215",
  name: "alert-volume-exceeds-capacity",
  step: 2,
  reads: ["2.threshold.alerts", "2.threshold.alert-rate", "2.threshold.capacity", "1.predictions", "2.metrics.offline"],
  severity: "error",
  consequence: "late",
  summary: "more alerts are raised than can be reviewed",
  why: "alerts that nobody opens catch nothing, and the precision that is reported describes work that is not done",
  fix: "set the threshold by capacity, measure precision@k with k = capacity, and say which alerts are handled without a person",
  sources: ["Credit Card Fraud Handbook (2022), ch. 4.4"],
  settings: { full: 0.9, kWithin: 0.2 },
  examples: {
    bad: {
      1: "predictions: 2M/day",
      2: "threshold: { policy: capacity, capacity: 300/day, alert-rate: 0.4% }\nmetrics: { offline: [precision@300] }",
    },
    good: {
      1: "predictions: 2M/day",
      2: "threshold: { policy: capacity, capacity: 300/day, alert-rate: 0.01% }\nmetrics: { offline: [precision@300] }",
    },
  },
  check(design, { full, kWithin }) {
    const { threshold, metrics } = design.frame;
    const capacity = threshold?.capacity === undefined ? undefined : threshold.capacity.value * DAY;
    if (capacity === undefined) {
      if (!REVIEWED.includes(domainOf(design) ?? "")) return "not applicable";
      return [{ at: "2.threshold.capacity", severity: "advice", lacks: ["2.threshold.capacity"] }];
    }
    const rate = trafficOf(design).average;
    const perSecond = design.clarify.predictions?.value ?? rate;
    const predictions = perSecond === undefined ? undefined : perSecond * DAY;
    const alertRate = threshold?.["alert-rate"]?.value;
    const computed = predictions === undefined || alertRate === undefined ? undefined : predictions * alertRate;
    const alerts = threshold?.alerts === undefined ? computed : threshold.alerts.value * DAY;
    const of =
      threshold?.alerts === undefined && predictions !== undefined && alertRate !== undefined
        ? ([predictions, alertRate] as const)
        : undefined;
    if (alerts !== undefined && exceeds(alerts, full * capacity)) {
      const severity = exceeds(alerts, capacity) ? "error" : "warning";
      return [
        {
          at: of === undefined ? "2.threshold.alerts" : "2.threshold.alert-rate",
          also: ["2.threshold.capacity"],
          severity,
          alerts,
          capacity,
          of,
        },
      ];
    }
    const atCapacity = readMetricNames(metrics?.offline ?? []).some(
      ({ k }) => k !== undefined && Math.abs(k - capacity) <= kWithin * capacity,
    );
    if (!atCapacity) return [{ at: "2.metrics.offline", also: ["2.threshold.capacity"], severity: "advice", capacity }];
    return alerts === undefined ? unknown("2.threshold.alert-rate") : [];
  },
  say({ alerts, capacity, of }) {
    if (capacity === undefined) {
      return {
        message: "nothing says how many alerts people can review in a day",
        label: "no capacity here",
        fix: "write `threshold: { policy: capacity, capacity: 300/day }`",
      };
    }
    if (alerts === undefined) {
      return {
        message: `people review ${count(capacity)} alerts a day, and no metric is taken at that depth`,
        label: "at which k?",
        also: ["this many are reviewed"],
        fix: `add \`precision@${Math.round(capacity)}\` (or card precision, where one call settles a card)`,
      };
    }
    const sum =
      of === undefined
        ? `${count(alerts)} alerts`
        : `${count(of[0])} predictions × ${share(of[1])} flagged = ${count(alerts)} alerts`;
    const unread = Math.max(0, 1 - capacity / alerts);
    return {
      message: `${sum} a day, and people can review ${count(capacity)}${unread > 0 ? `: ${share(unread)} would go unread` : ", so a busy day overflows"}`,
      label: `${count(alerts)} a day`,
      also: [`room for ${count(capacity)} a day`],
    };
  },
});
