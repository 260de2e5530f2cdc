/** Finds ROC-AUC as the only metric of a very rare class. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { share } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";

const AT_THE_OPERATING_POINT: readonly string[] = [
  "average precision",
  "precision",
  "card precision",
  "recall",
  "recall at precision",
  "precision at recall",
  "partial auc roc",
  "expected cost",
];

export const rule = defineRule({
  code: "HP207",
  name: "roc-auc-alone-under-extreme-imbalance",
  step: 2,
  reads: ["2.metrics.offline", "1.labels.positive-rate", "2.output"],
  severity: "warning",
  consequence: "false-figures",
  summary: "ROC-AUC is the only measure of a class that is very rare",
  why: "ROC-AUC orders scores well at any base rate, but says nothing of how many alerts are true where you would act",
  fix: "keep ROC-AUC and add one metric at the operating point: average precision, precision@k or recall at a fixed precision",
  sources: ["Precision-Recall Plot (2015)", "Credit Card Fraud Handbook (2022), ch. 4.3", "The ROC Curve (2024)"],
  note: "contested: ROC-AUC does not depend on prevalence and average precision does (The ROC Curve, 2024); the rule objects only to ROC-AUC alone",
  settings: { rarest: 0.01 },
  examples: {
    bad: { 1: "labels: { positive-rate: 0.2% }", 2: "output: threshold\nmetrics: { offline: [auc roc] }" },
    good: {
      1: "labels: { positive-rate: 0.2% }",
      2: "output: threshold\nmetrics: { offline: [auc roc, average precision] }",
    },
  },
  check(design, { rarest }) {
    const offline = readMetricNames(design.frame.metrics?.offline ?? []);
    const auc = offline.find(({ name }) => name === "auc roc");
    if (auc === undefined) return "not applicable";
    const positive = design.clarify.labels?.["positive-rate"]?.value;
    if (positive === undefined) return unknown("1.labels.positive-rate");
    const output = design.frame.output;
    if (output === undefined) return unknown("2.output");
    if (positive >= rarest || output === "probability") return [];
    if (offline.some(({ name }) => AT_THE_OPERATING_POINT.includes(name))) return [];
    return [{ at: `2.metrics.offline[${auc.i}]`, also: ["1.labels.positive-rate"], positive }];
  },
  say: ({ positive }) => ({
    message: `with ${share(positive)} positives, 80% recall at 1% false alarms looks excellent on a ROC curve, yet only ${share((0.8 * positive) / (0.8 * positive + 0.01 * (1 - positive)))} of the alerts are true`,
    label: "the only metric of its kind",
    also: ["this is how rare a positive is"],
  }),
});
