/** Finds accuracy as a metric where one class is nearly everything. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { share } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";

export const rule = defineRule({
  code: "HP206",
  name: "accuracy-under-imbalance",
  step: 2,
  reads: ["2.metrics.offline", "1.labels.positive-rate", "1.labels.largest-class", "2.task"],
  severity: "error",
  consequence: "false-figures",
  summary: "accuracy is measured although one class is nearly everything",
  why: "answering the common class every time scores as high, so accuracy cannot tell a good model from none",
  fix: "use average precision, recall at a fixed precision, or precision@k with k as large as the review capacity",
  sources: ["Designing Machine Learning Systems (2022), ch. 4", "Credit Card Fraud Handbook (2022), ch. 4.2"],
  settings: { errorShare: 0.95, warningShare: 0.8 },
  examples: {
    bad: { 1: "labels: { positive-rate: 0.2% }", 2: "task: binary-classification\nmetrics: { offline: [accuracy] }" },
    good: {
      1: "labels: { positive-rate: 0.2% }",
      2: "task: binary-classification\nmetrics: { offline: [average precision, precision@100] }",
    },
  },
  check(design, { errorShare, warningShare }) {
    const metric = readMetricNames(design.frame.metrics?.offline ?? []).find(({ name }) => name === "accuracy");
    if (metric === undefined) return design.frame.metrics?.offline === undefined ? unknown("2.metrics.offline") : [];
    const labels = design.clarify.labels;
    const positive = labels?.["positive-rate"]?.value;
    const largest =
      labels?.["largest-class"]?.value ?? (positive === undefined ? undefined : Math.max(positive, 1 - positive));
    if (largest === undefined) return unknown("1.labels.positive-rate");
    if (largest < warningShare) return [];
    const path = labels?.["largest-class"] === undefined ? "1.labels.positive-rate" : "1.labels.largest-class";
    return [
      {
        at: `2.metrics.offline[${metric.i}]`,
        also: [path],
        severity: largest >= errorShare ? ("error" as const) : ("warning" as const),
        largest,
        positive,
      },
    ];
  },
  say: ({ largest, positive }) => ({
    message:
      positive !== undefined && positive < 0.5
        ? `positives are ${share(positive)}: a model that always answers no has an accuracy of ${share(largest)}`
        : `the largest class is ${share(largest)}: a model that always names it has that accuracy`,
    label: `${share(largest)} without a model`,
    also: ["this is how rare the other class is"],
  }),
  repair: ({ at }) => [{ replace: at, by: "average precision" }],
});
