/** Asks whether personal data is used where the design speaks of people. */

import { defineRule } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { usesPersonalData } from "../personal-data.ts";

const PERSON_KEY = /(?:user|member|customer|card|e-?mail|device|account|patient|person)/iu;

export const rule = defineRule({
  code: "HP113",
  name: "missing-privacy",
  step: 1,
  reads: ["1.privacy.personal", "1.users.daily", "3.entities[].key"],
  severity: "warning",
  consequence: "harm",
  summary: "the design speaks of people, but not of whether it uses personal data",
  why: "basis, retention and deletion shape the data before the first model; later they cost a rebuild",
  fix: "write `privacy: { personal: [user_id, age] }`, or `personal: []` where there is none",
  sources: ["GDPR (2016), Art. 4(1) and 5(2)", "ML Test Score (2017), Data 5"],
  examples: {
    bad: { 1: "users: { daily: 1.2M }" },
    good: { 1: "users: { daily: 1.2M }\nprivacy: { personal: [] }" },
  },
  check(design) {
    const users = design.clarify.users?.daily?.value ?? 0;
    const key = design.data.entities?.find((entity) => PERSON_KEY.test(entity.key))?.key;
    if (users === 0 && key === undefined) return "not applicable";
    if (usesPersonalData(design) !== undefined) return [];
    return [{ at: "1.privacy.personal", lacks: ["1.privacy.personal"], users, key }];
  },
  say: ({ users, key }) => ({
    message: `${key === undefined ? `${count(users)} people use it every day` : `rows are keyed by ${code(key)}`}, but nothing says which of their data is personal`,
    label: "no `privacy.personal` here",
  }),
});
