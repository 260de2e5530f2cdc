/** Finds live metrics that are computed before their labels are final. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP708",
  name: "performance-ignores-label-delay",
  step: 7,
  reads: ["7.quality[].metric", "7.quality[].lag", "1.labels.delay"],
  severity: "error",
  consequence: "false-figures",
  summary: "a live metric is computed on predictions whose labels are not final",
  why: "positives that are not yet reported count as negatives, in every week, so the chart is wrong and steady",
  fix: "compute it on predictions at least as old as the labels' delay (`lag:`), or on the matured share marked as such, with an early sign beside it",
  sources: [
    "Credit Card Fraud Handbook (2022), ch. 2 and 5.2",
    "Designing Machine Learning Systems (2022), ch. 8–9",
    "ML Test Score (2017), Monitor 7",
  ],
  examples: {
    bad: { 1: "labels: { delay: 45 d }", 7: 'quality: [{ metric: recall, alert: "drop > 5%", lag: 1 d }]' },
    good: {
      1: "labels: { delay: 45 d }",
      7: 'quality: [{ metric: recall, alert: "drop > 5%", lag: 45 d, early: [score mean, reviewer precision] }]',
    },
  },
  check({ clarify: { labels }, monitor: { quality } }) {
    if (quality === undefined || quality.length === 0) return unknown("7.quality");
    const delay = labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    return quality.flatMap(({ metric, lag }, i) => {
      if (!exceeds(delay.value, lag?.value ?? 0)) return [];
      return [{ at: `7.quality[${i}].lag`, also: ["1.labels.delay"], metric, lag: lag?.text, delay: delay.text }];
    });
  },
  say: ({ metric, lag, delay }) => ({
    message: `live ${code(metric)} counts predictions ${lag === undefined ? "as soon as they are made (no `lag` counts as 0 s)" : `${lag} old`}, but a label is final after ${delay}`,
    label: lag === undefined ? "no `lag` here" : "before the truth is known",
    also: [`final after ${delay}`],
    fix: `write \`lag: ${delay}\`, and an early sign in \`early\``,
  }),
  repair: ({ at, lag, delay }) =>
    lag === undefined ? [{ addTo: at.replace(/\.lag$/u, ""), key: "lag", value: delay }] : [{ replace: at, by: delay }],
});
