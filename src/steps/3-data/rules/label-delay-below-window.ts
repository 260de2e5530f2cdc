/** Finds labels that are said to be final before their window has closed. */

import { exceeds } from "../../../core/comparison.ts";
import { absent, defineRule, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP305",
  name: "label-delay-below-window",
  step: 3,
  reads: ["1.labels.delay", "2.label.window"],
  severity: "error",
  consequence: "false-figures",
  summary: "the label is final before its own window has closed",
  why: "gap, monitoring lag and retraining are computed from both numbers, and one of them is wrong",
  fix: "write `delay` as the window plus the time of reporting",
  sources: ["Designing Machine Learning Systems (2022), ch. 4"],
  examples: {
    bad: { 1: "labels: { delay: 2 d }", 2: "label: { event: purchase, window: 14 d }" },
    good: { 1: "labels: { delay: 16 d }", 2: "label: { event: purchase, window: 14 d }" },
  },
  check({ clarify: { labels }, frame: { label } }) {
    const delay = labels?.delay;
    const window = label?.window;
    const missing = absent({ "1.labels.delay": delay, "2.label.window": window });
    if (delay === undefined || window === undefined) return unknown(...missing);
    if (!exceeds(window.value, delay.value)) return [];
    const whole = delay.value + window.value;
    return [{ at: "1.labels.delay", also: ["2.label.window"], delay: delay.text, window: window.text, whole }];
  },
  say: ({ delay, window, whole }) => ({
    message: `a label that looks ${window} ahead cannot be final after ${delay}`,
    label: "before the window closes",
    also: ["the window closes here"],
    fix: `write \`delay: ${duration(whole)}\` (${window} + ${delay} of reporting), or shorten the window`,
  }),
});
