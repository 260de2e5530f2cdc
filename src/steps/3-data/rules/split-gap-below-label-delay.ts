/** Finds gaps that are shorter than the time a label takes to be final. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";
import { isTemporal } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP304",
  name: "split-gap-below-label-delay",
  step: 3,
  reads: ["1.labels.delay", "1.labels.plan", "2.label.window", "3.split.by", "3.split.gap"],
  severity: "error",
  consequence: "false-figures",
  summary: "the gap is shorter than the time until a label is final",
  why: "on the day such a model would really be trained, its last labels do not exist yet or look like negatives, so the test flatters it",
  fix: "make the gap as long as the label's delay, or train on younger rows with an explicit correction and say so in `labels.plan`",
  sources: ["Credit Card Fraud Handbook (2022), ch. 5.2", "Modeling Delayed Feedback (2014)"],
  note: "a design that models the delay may train on younger rows: a `labels.plan` that speaks of a delay model lowers this to advice. Where the gap is also below the label's window, label-window-overlap speaks instead",
  examples: {
    bad: { 1: "labels: { delay: 45 d }", 3: "split: { by: time, train: 90 d, gap: 7 d, test: 14 d }" },
    good: { 1: "labels: { delay: 45 d }", 3: "split: { by: time, train: 90 d, gap: 45 d, test: 14 d }" },
  },
  check({ clarify: { labels }, frame: { label }, data: { split } }) {
    if (split?.by === undefined) return unknown("3.split.by");
    if (!isTemporal(split.by)) return "not applicable";
    const delay = labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    const gap = split.gap?.value ?? 0;
    if (!exceeds(delay.value, gap) || exceeds(label?.window?.value ?? 0, gap)) return [];
    const models = /delay model|model\w* (?:of )?the delay|delayed feedback/iu.test(labels?.plan ?? "");
    return [
      {
        at: "3.split.gap",
        also: ["1.labels.delay"],
        severity: models ? ("advice" as const) : ("error" as const),
        gap: split.gap?.text,
        short: delay.value - gap,
        delay: delay.text,
      },
    ];
  },
  say: ({ gap, short, delay }) => ({
    message: `labels are final after ${delay}, but training ends ${gap === undefined ? "right before the test period (no gap counts as 0 d)" : `${gap} before the test period`}: the labels of its last ${duration(short)} would not exist yet`,
    label: gap === undefined ? "no `gap` here" : "shorter than the delay",
    also: [`a label takes ${delay}`],
    fix: `write \`gap: ${delay}\``,
  }),
  repair: ({ gap, delay }) =>
    gap === undefined ? [{ addTo: "3.split", key: "gap", value: delay }] : [{ replace: "3.split.gap", by: delay }],
});
