/** Finds decisions with legal effect on people that no person can review. */

import { absent, defineRule, unknown } from "../../../review/rule.ts";
import { usesPersonalData } from "../personal-data.ts";

export const rule = defineRule({
  code: "HP104",
  name: "automated-decision-without-review",
  step: 1,
  reads: ["1.stakes", "1.decision.automated", "1.decision.review", "1.privacy.personal"],
  severity: "error",
  consequence: "harm",
  summary: "a decision with legal effect is made about a person, and no person can review it",
  why: "credit, work, insurance and account closure need a way to a human and a way to object",
  fix: "write `decision: { automated: true, review: true }`, size the review in `threshold.capacity`, and log the reason shown to the person",
  sources: ["GDPR (2016), Art. 22 and 13(2)(f)", "Designing Machine Learning Systems (2022), ch. 11"],
  examples: {
    bad: { 1: "stakes: legal\ndecision: { automated: true }\nprivacy: { personal: [income] }" },
    good: { 1: "stakes: legal\ndecision: { automated: true, review: true }\nprivacy: { personal: [income] }" },
  },
  check(design) {
    const { stakes, decision } = design.clarify;
    const missing = absent({ "1.stakes": stakes, "1.decision": decision });
    if (missing.length > 0) return unknown(...missing);
    if (stakes !== "legal" || usesPersonalData(design) === false) return "not applicable";
    if (decision?.automated !== true || decision.review === true) return [];
    return [{ at: "1.decision", also: ["1.stakes"], reviewed: decision.review }];
  },
  say: ({ reviewed }) => ({
    message: `decisions with legal effect are automated, and ${reviewed === false ? "no person reviews them" : "nothing says that a person can review them"}`,
    label: "no way to a human",
    also: ["the effect on a person is a legal one"],
  }),
});
