/** Finds logs of predictions that are kept longer than the personal data in them may be. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import { usesPersonalData } from "../../1-clarify/personal-data.ts";

interface Found extends Hit {
  readonly fields: readonly string[];
  readonly kept?: string;
  readonly promised: string;
}

const PERSONAL = /user|member|customer|person|account|card|feature|request|device|email/iu;

export const rule = defineRule<Found>({
  code: "HP718",
  name: "logs-outlive-retention",
  step: 7,
  reads: ["7.logs.retention", "7.logs.fields", "1.privacy.retention", "1.privacy.personal"],
  severity: "error",
  consequence: "harm",
  summary: "logs of predictions are kept longer than the personal data in them may be",
  why: "the logs are a copy of the same personal data, and the promise covers every copy",
  fix: "keep the logs no longer than `privacy.retention`, or strip ids and coarsen features after it",
  sources: ["GDPR (2016), Art. 5(1)(e)"],
  examples: {
    bad: {
      1: "privacy: { personal: [user_id], retention: 180 d }",
      7: "logs: { retention: 365 d, fields: [user_id, features, prediction] }",
    },
    good: {
      1: "privacy: { personal: [user_id], retention: 180 d }",
      7: "logs: { retention: 180 d, fields: [user_id, features, prediction] }",
    },
  },
  check(design) {
    const uses = usesPersonalData(design);
    if (uses === undefined) return unknown("1.privacy.personal");
    const logs = design.monitor.logs;
    if (!uses || logs === undefined) return "not applicable";
    const fields = (logs.fields ?? []).filter((field) => PERSONAL.test(field));
    if (fields.length === 0) return [];
    const promised = design.clarify.privacy?.retention;
    if (promised === undefined) return unknown("1.privacy.retention");
    if (promised === "forever") return [];
    const also = ["1.privacy.retention"];
    if (logs.retention === undefined)
      return [{ at: "7.logs.retention", also, severity: "advice", fields, promised: promised.text }];
    return exceeds(logs.retention.value, promised.value)
      ? [{ at: "7.logs.retention", also, fields, kept: logs.retention.text, promised: promised.text }]
      : [];
  },
  say: ({ fields, kept, promised }) => ({
    message: `logs with ${list(fields, 3)} are kept ${kept ?? "for a time that is not stated"}, and personal data is promised to be gone after ${promised}`,
    label: kept === undefined ? "how long?" : "longer than promised",
    also: ["the promise"],
    fix: `write \`retention: ${promised}\`, or strip ids and coarsen features after it`,
  }),
  repair: ({ kept, promised }) => (kept === undefined ? [] : [{ replace: "7.logs.retention", by: promised }]),
});
