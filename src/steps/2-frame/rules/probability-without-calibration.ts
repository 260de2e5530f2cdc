/** Finds scores used as probabilities whose calibration nobody measures. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";

const OF_CALIBRATION: readonly string[] = ["log loss", "brier", "ece", "normalized entropy", "calibration ratio"];

export const rule = defineRule({
  code: "HP213",
  name: "probability-without-calibration",
  step: 2,
  reads: ["2.output", "2.metrics.offline"],
  severity: "warning",
  consequence: "false-figures",
  summary: "scores are used as probabilities, but no metric measures their calibration",
  why: "a measure of order such as AUC does not change when every score doubles; a bid, an expected value and a cost threshold would",
  fix: "add log loss or Brier, and the calibration ratio (mean prediction over observed rate, 0.95 to 1.05), overall and by slice",
  sources: [
    "Predicting Clicks on Ads at Facebook (2014), §2 and §6.3",
    "Designing Machine Learning Systems (2022), ch. 6",
  ],
  examples: {
    bad: { 2: "output: probability\nmetrics: { offline: [auc roc] }" },
    good: { 2: "output: probability\nmetrics: { offline: [auc roc, log loss] }" },
  },
  check({ frame: { output, metrics, threshold } }) {
    const isProbability = output === "probability" || (output === "threshold" && threshold?.policy === "cost");
    if (output === undefined) return unknown("2.output");
    if (!isProbability) return "not applicable";
    const offline = metrics?.offline ?? [];
    if (offline.length === 0) return unknown("2.metrics.offline");
    if (readMetricNames(offline).some(({ name }) => OF_CALIBRATION.includes(name))) return [];
    return [{ at: "2.metrics.offline", also: ["2.output"], offline: offline.map(({ metric }) => metric) }];
  },
  say: ({ offline }) => ({
    message: `scores are used as probabilities, but ${list(offline)} would stay the same if every score doubled`,
    label: "nothing of calibration",
    also: ["used as a number, not as an order"],
  }),
});
