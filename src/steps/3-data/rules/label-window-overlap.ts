/** Finds training labels that look into the test period. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";
import { isTemporal } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP303",
  name: "label-window-overlap",
  step: 3,
  reads: ["2.label.window", "3.split.by", "3.split.gap"],
  severity: "error",
  consequence: "false-figures",
  summary: "the gap is shorter than the window of the label, so training labels look into the test period",
  why: "the last training rows are labelled with what happens in the test period: the model is told a part of the answers",
  fix: "make the gap at least as long as the label's window, between validation and test as well",
  sources: [
    "Leakage and the Reproducibility Crisis (2023), types L3.1–L3.2",
    "Credit Card Fraud Handbook (2022), ch. 5.2",
  ],
  examples: {
    bad: {
      2: "label: { event: cancellation, window: 30 d }",
      3: "split: { by: time, train: 120 d, gap: 7 d, test: 30 d }",
    },
    good: {
      2: "label: { event: cancellation, window: 30 d }",
      3: "split: { by: time, train: 120 d, gap: 30 d, test: 30 d }",
    },
  },
  check({ frame: { label }, data: { split } }) {
    if (split?.by === undefined) return unknown("3.split.by");
    if (!isTemporal(split.by)) return "not applicable";
    const window = label?.window;
    if (window === undefined) return unknown("2.label.window");
    const gap = split.gap?.value ?? 0;
    if (!exceeds(window.value, gap)) return [];
    return [
      {
        at: "3.split.gap",
        also: ["2.label.window"],
        gap: split.gap?.text,
        overlap: window.value - gap,
        window: window.text,
      },
    ];
  },
  say: ({ gap, overlap, window }) => ({
    message: `labels look ${window} ahead, but ${gap === undefined ? "there is no gap (counted as 0 d)" : `the gap is ${gap}`}: the last ${duration(overlap)} of training are labelled by events of the test period`,
    label: gap === undefined ? "no `gap` here" : "shorter than the window",
    also: [`a label looks ${window} ahead`],
    fix: `write \`gap: ${window}\`, or end training ${duration(overlap)} earlier`,
  }),
  repair: ({ gap, window }) =>
    gap === undefined ? [{ addTo: "3.split", key: "gap", value: window }] : [{ replace: "3.split.gap", by: window }],
});
