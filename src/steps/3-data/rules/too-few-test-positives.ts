/** Finds tests with too few positives to see the gain that is wanted. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { count, number, share } from "../../../review/words.ts";
import { testRowsOf } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP313",
  name: "too-few-test-positives",
  step: 3,
  reads: ["3.split.rows", "3.split.test", "1.labels.positive-rate", "1.labels.count", "2.success.gain"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the test holds too few positives",
  why: "the number of positives decides how wide the interval is, however many rows there are",
  fix: "lengthen the test period or pool several cut-off dates, and report the interval",
  sources: ["Rare Events (2025)", "ML Test Score (2017), Model 6"],
  settings: { fewest: 100, enoughToCompare: 1000 },
  examples: {
    bad: {
      1: "labels: { positive-rate: 0.1% }",
      2: "task: binary-classification\nsuccess: { metric: recall, value: 0.8, gain: 0.03 }",
      3: "split: { by: time, rows: 50k }",
    },
    good: {
      1: "labels: { positive-rate: 2% }",
      2: "task: binary-classification\nsuccess: { metric: recall, value: 0.8, gain: 0.03 }",
      3: "split: { by: time, rows: 50k }",
    },
  },
  check(design, { fewest, enoughToCompare }) {
    const { task, success, baseline } = design.frame;
    const rate = design.clarify.labels?.["positive-rate"]?.value;
    if (rate === undefined)
      return task === "binary-classification" ? unknown("1.labels.positive-rate") : "not applicable";
    const test = testRowsOf(design);
    if (test === undefined) return unknown("3.split.rows");
    const positives = test.rows * rate;
    const compares = success !== undefined || baseline?.value !== undefined;
    if (!exceeds(compares ? enoughToCompare : fewest, positives)) return [];
    const severity = exceeds(fewest, positives) ? ("warning" as const) : ("advice" as const);
    return [
      {
        at: "3.split.rows",
        also: ["1.labels.positive-rate"],
        severity,
        ...test,
        rate,
        positives,
        gain: success?.gain?.text,
      },
    ];
  },
  say({ rows, rate, positives, gain, assumed }) {
    const halfWidth = 1.96 * Math.sqrt((0.8 * 0.2) / Math.max(1, positives));
    const from = assumed ? " (its share of the labelled examples)" : "";
    return {
      message: `${count(rows)} test rows${from} at ${share(rate)} are ${count(positives)} positives: a recall of 0.8 has a 95% interval of ±${number(halfWidth)}${gain === undefined ? "" : `, and a gain of ${gain} is wanted`}`,
      label: `${count(positives)} positives`,
      also: ["this is how rare they are"],
    };
  },
});
