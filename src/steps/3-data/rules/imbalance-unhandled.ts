/** Finds rare positives that nothing is done about. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { share } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP314",
  name: "imbalance-unhandled",
  step: 3,
  reads: ["1.labels.positive-rate", "2.task", "2.threshold.policy", "3.imbalance.handling"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "positives are rare, and there are no weights, no sampling and no threshold policy",
  why: "at the usual cut of 0.5 most such models never answer yes",
  fix: "a threshold policy on calibrated scores is often enough (`threshold: { policy: capacity, capacity: 300/day }`); else weights or down-sampling in training only, with corrected scores",
  sources: ["Credit Card Fraud Handbook (2022), ch. 6.2–6.3", "Designing Machine Learning Systems (2022), ch. 4"],
  note: "resampling as such is contested; a threshold policy alone satisfies the rule",
  settings: { rarest: 0.05 },
  examples: {
    bad: { 1: "labels: { positive-rate: 0.2% }", 2: "task: binary-classification", 3: "imbalance: { handling: none }" },
    good: {
      1: "labels: { positive-rate: 0.2% }",
      2: "task: binary-classification\nthreshold: { policy: capacity, capacity: 300/day }",
      3: "imbalance: { handling: class-weight, applied-to: train }",
    },
  },
  check({ clarify: { labels }, frame: { task, threshold }, data: { imbalance } }, { rarest }) {
    if (task === undefined) return unknown("2.task");
    if (task !== "binary-classification") return "not applicable";
    const rate = labels?.["positive-rate"]?.value;
    if (rate === undefined) return unknown("1.labels.positive-rate");
    if (rate >= rarest && rate <= 1 - rarest) return [];
    const handled = imbalance?.handling !== undefined && imbalance.handling !== "none";
    if (handled || threshold?.policy !== undefined) return [];
    return [{ at: "3.imbalance.handling", also: ["1.labels.positive-rate"], rate }];
  },
  say: ({ rate }) => ({
    message: `${rate < 0.5 ? `positives are ${share(rate)}` : `negatives are ${share(1 - rate)}`}, and nothing is done about it: no weights, no sampling, no threshold policy`,
    label: "nothing is done",
    also: ["this rare"],
  }),
});
