/** Finds personal data without an end date, or a deletion that takes longer than the law gives. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { usesPersonalData } from "../personal-data.ts";

export const rule = defineRule({
  code: "HP105",
  name: "retention-unbounded",
  step: 1,
  reads: ["1.privacy.personal", "1.privacy.retention", "1.privacy.deletion"],
  severity: "warning",
  consequence: "harm",
  summary: "personal data is kept without end, or a deletion request takes too long",
  why: "data that is kept for ever cannot be defended when somebody asks; a request must be answered within about a month",
  fix: "write `retention:` as the shortest period that training needs, and `deletion: 30 d` or less",
  sources: ["GDPR (2016), Art. 5(1)(e), 12(3) and 17"],
  settings: { deletionDays: 30 },
  examples: {
    bad: { 1: "privacy: { personal: [card_id], retention: 180 d }" },
    good: { 1: "privacy: { personal: [card_id], retention: 180 d, deletion: 30 d }" },
  },
  check(design, { deletionDays }) {
    const uses = usesPersonalData(design);
    if (uses === undefined) return unknown("1.privacy.personal");
    if (!uses) return "not applicable";
    const { retention, deletion } = design.clarify.privacy ?? {};
    const unbounded = retention === undefined || retention === "forever";
    const late = deletion === undefined || exceeds(deletion.value, deletionDays * DAY);
    if (!unbounded && !late) return [];
    const at = unbounded ? "1.privacy.retention" : "1.privacy.deletion";
    return [
      {
        at,
        kept: unbounded ? (retention ?? "") : undefined,
        deletion: late ? (deletion?.text ?? "") : undefined,
        deletionDays,
      },
    ];
  },
  say({ kept, deletion, deletionDays }) {
    const parts = [
      ...(kept === undefined ? [] : [kept === "" ? "personal data has no end date" : "personal data is kept for ever"]),
      ...(deletion === undefined
        ? []
        : [
            deletion === ""
              ? "nothing says how soon a deletion request is carried out"
              : `a deletion request is carried out within ${deletion}, not ${deletionDays} d`,
          ]),
    ];
    return {
      message: parts.join(", and "),
      label: kept === undefined ? "how soon is it deleted?" : "kept until when?",
    };
  },
});
