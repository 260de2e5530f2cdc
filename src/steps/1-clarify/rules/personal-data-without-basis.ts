/** Finds personal data that is processed without a stated lawful basis or purpose. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { count, list } from "../../../review/words.ts";
import { usesPersonalData } from "../personal-data.ts";

export const rule = defineRule({
  code: "HP103",
  name: "personal-data-without-basis",
  step: 1,
  reads: ["1.privacy.personal", "1.privacy.basis", "1.privacy.consent", "1.privacy.purpose", "1.privacy.special"],
  severity: "error",
  consequence: "harm",
  summary: "personal data is processed, but no lawful basis or purpose is named",
  why: "without a basis the training set may have to be deleted after the model is built, and the model with it",
  fix: "write `basis: contract` (or another of Article 6) and `purpose:`, and drop what the purpose does not need",
  sources: [
    "GDPR (2016), Art. 4(5), 5(1)(b)–(c), 6(1), 9(2) and Recital 26",
    "EDPB (2025), Guidelines 01/2025 on pseudonymisation",
  ],
  note: "pseudonyms such as a hashed e-mail are personal data too; the rule checks that a basis is named, not that it is lawful: ask counsel",
  examples: {
    bad: { 1: "privacy: { personal: [customer_id, age] }" },
    good: {
      1: "privacy: { personal: [customer_id, age], basis: contract, purpose: rank what the customer asked to see }",
    },
  },
  check(design) {
    const uses = usesPersonalData(design);
    if (uses === undefined) return unknown("1.privacy.personal");
    if (!uses) return "not applicable";
    const { privacy, users } = design.clarify;
    const hasBasis = privacy?.basis !== undefined || privacy?.consent === "opt-in";
    const lacks = [
      ...(hasBasis ? [] : ["basis"]),
      ...(privacy?.purpose?.trim() ? [] : ["purpose"]),
      ...((privacy?.special?.length ?? 0) > 0 && !privacy?.["special-basis"]?.trim() ? ["special-basis"] : []),
    ];
    if (lacks.length === 0) return [];
    return [{ at: "1.privacy.personal", missing: lacks, fields: privacy?.personal ?? [], users: users?.daily?.value }];
  },
  say: ({ missing, fields, users }) => ({
    message: `${list(fields, 3)}${users === undefined ? "" : ` of ${count(users)} daily users`} ${fields.length === 1 ? "is" : "are"} personal data, but no ${list(missing)} ${missing.length === 1 ? "is" : "are"} given`,
    label: "personal data",
    fix: `add ${missing.map((key) => SUGGESTED[key] ?? key).join(", ")}`,
  }),
});

const SUGGESTED: Readonly<Record<string, string>> = {
  basis: "`basis: contract` (or consent, legitimate-interests, …)",
  purpose: "`purpose:` (in a sentence, what the data is used for)",
  "special-basis": "`special-basis:` with the condition of Article 9(2)",
};
