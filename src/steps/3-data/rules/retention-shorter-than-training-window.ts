/** Finds training windows that reach back further than personal data is kept. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";
import { usesPersonalData } from "../../1-clarify/personal-data.ts";
import { periodsOf } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP321",
  name: "retention-shorter-than-training-window",
  step: 3,
  reads: [
    "1.privacy.retention",
    "1.privacy.personal",
    "3.split.train",
    "3.split.gap",
    "3.split.validation",
    "3.split.test",
  ],
  severity: "error",
  consequence: "learns-nothing",
  summary: "training, gaps and test reach back further than personal data is kept",
  why: "either the promise or the plan is broken from the first run",
  fix: "shorten the window, make the data anonymous or aggregate it in time, or change the stated retention with a reason",
  sources: ["GDPR (2016), Art. 5(1)(e)"],
  examples: {
    bad: {
      1: "privacy: { personal: [card_id], retention: 90 d }",
      3: "split: { by: time, train: 90 d, gap: 45 d, validation: 7 d, test: 14 d }",
    },
    good: {
      1: "privacy: { personal: [card_id], retention: 400 d }",
      3: "split: { by: time, train: 90 d, gap: 45 d, validation: 7 d, test: 14 d }",
    },
  },
  check(design) {
    const uses = usesPersonalData(design);
    if (uses === undefined) return unknown("1.privacy.personal");
    if (!uses) return "not applicable";
    const retention = design.clarify.privacy?.retention;
    if (retention === undefined) return unknown("1.privacy.retention");
    if (retention === "forever") return [];
    const periods = periodsOf(design);
    if (periods === undefined) return design.data.split === undefined ? unknown("3.split") : unknown("3.history");
    if (!exceeds(periods.total, retention.value)) return [];
    return [{ at: "1.privacy.retention", also: ["3.split.train"], kept: retention.text, total: periods.total }];
  },
  say: ({ kept, total }) => ({
    message: `personal data is kept ${kept}, but training, gaps and test reach back ${duration(total)}`,
    label: "kept this long",
    also: [`the plan needs ${duration(total)}`],
  }),
});
