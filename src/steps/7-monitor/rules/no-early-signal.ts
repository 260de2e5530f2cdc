/** Finds late labels with nothing watched before them. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, unknown } from "../../../review/rule.ts";

export const rule = defineRule({
  code: "HP709",
  name: "no-early-signal",
  step: 7,
  reads: ["7.quality[].early", "1.labels.delay"],
  severity: "warning",
  consequence: "blind",
  summary: "labels come late, and nothing earlier is watched",
  why: "until the first trustworthy metric comes, a fault decides wrongly every day",
  fix: "add `early: [score mean, alert rate, reviewer precision]`: the score's distribution (minutes), the share that reviewers confirm (days), a proxy label checked against the final one",
  sources: ["Designing Machine Learning Systems (2022), ch. 4 and 8", "Credit Card Fraud Handbook (2022), ch. 2"],
  settings: { lateDays: 7 },
  examples: {
    bad: { 1: "labels: { delay: 45 d }", 7: 'quality: [{ metric: recall, alert: "drop > 5%", lag: 45 d }]' },
    good: {
      1: "labels: { delay: 45 d }",
      7: 'quality: [{ metric: recall, alert: "drop > 5%", lag: 45 d, early: [score mean] }]',
    },
  },
  check({ clarify: { labels }, monitor: { quality = [] } }, { lateDays }) {
    const delay = labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    if (!exceeds(delay.value, lateDays * DAY)) return "not applicable";
    if (quality.some(({ early }) => (early?.length ?? 0) > 0)) return [];
    return [
      { at: quality.length === 0 ? "7.quality" : "7.quality[0].early", also: ["1.labels.delay"], delay: delay.text },
    ];
  },
  say: ({ delay }) => ({
    message: `the first trustworthy metric comes ${delay} after a fault, and nothing earlier is watched`,
    label: "no `early` here",
    also: [`final after ${delay}`],
  }),
});
