/** Finds splits that need more history than there is. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";
import { historyOf, periodsOf } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP312",
  name: "periods-exceed-history",
  step: 3,
  reads: ["3.history", "3.source.days", "3.split.train", "3.split.validation", "3.split.test", "3.split.gap"],
  severity: "error",
  consequence: "false-figures",
  summary: "training, gaps, validation and test need more history than there is",
  why: "the split cannot be made as written; in practice a part is cut without anybody deciding which",
  fix: "shorten training, use one gap with a rolling scheme, or wait",
  sources: ["Credit Card Fraud Handbook (2022), ch. 5.2"],
  examples: {
    bad: { 3: "history: 180 d\nsplit: { by: time, train: 90 d, gap: 45 d, validation: 7 d, test: 14 d }" },
    good: { 3: "history: 210 d\nsplit: { by: time, train: 90 d, gap: 45 d, validation: 7 d, test: 14 d }" },
  },
  check(design) {
    const { split } = design.data;
    if (split === undefined) return unknown("3.split");
    const history = historyOf(design);
    if (history === undefined) return unknown("3.history");
    const periods = periodsOf(design);
    if (periods === undefined) return unknown("3.split.test");
    if (!exceeds(periods.total, history)) return [];
    const path = design.data.history === undefined ? "3.source.days" : "3.history";
    return [{ at: "3.split.train", also: [path], ...periods, history }];
  },
  say({ train, gap, gaps, validation, test, total, history }) {
    const parts = [
      [train, "train"],
      ...(gap > 0 ? [[gap, "gap"]] : []),
      ...(validation > 0 ? [[validation, "validation"]] : []),
      ...(gap > 0 && gaps === 2 ? [[gap, "gap"]] : []),
      [test, "test"],
    ] as const;
    const sum = parts.map(([seconds, name]) => `${duration(Number(seconds))} ${name}`).join(" + ");
    return {
      message: `${sum} = ${duration(total)}, but only ${duration(history)} of history exist`,
      label: `${duration(total - history)} too many`,
      also: ["this is all there is"],
      fix: `shorten training by ${duration(total - history)}, use one gap with a rolling scheme, or wait as long`,
    };
  },
});
