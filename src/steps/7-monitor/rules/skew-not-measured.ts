/** Finds features that may differ between training and serving while nothing compares them. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { count, list } from "../../../review/words.ts";

interface Found extends Hit {
  readonly differing: number;
  readonly all: number;
  /** Fields that the log of predictions lacks, where that is the gap. */
  readonly fields: readonly string[];
}

const NEEDED_FIELDS: readonly (readonly [string, RegExp])[] = [
  ["request id", /request|\bid\b/iu],
  ["model version", /model|version/iu],
  ["features", /feature/iu],
  ["prediction", /prediction|score/iu],
  ["time", /time|date|\bts\b/iu],
];

export const rule = defineRule<Found>({
  code: "HP716",
  name: "skew-not-measured",
  step: 7,
  reads: ["7.skew-check", "7.logs.fields", "3.features[].train", "3.features[].serve", "3.features[].refresh"],
  severity: "warning",
  consequence: "blind",
  summary: "features may differ between training and serving, and nothing compares them",
  why: "skew raises no error; it only lowers the quality, and looks like a worse model",
  fix: "compute 1% of the requests again offline every day and alert above 0.1% of differing values: `skew-check: { sample: 1%, limit: 0.1% }`",
  sources: ["Rules of ML (2016), rules 29 and 37", "ML Test Score (2017), Monitor 3"],
  examples: {
    bad: { 3: "features: [{ name: sessions_24h, train: warehouse, serve: redis }]" },
    good: {
      3: "features: [{ name: sessions_24h, train: warehouse, serve: redis }]",
      7: "skew-check: { sample: 1%, limit: 0.1% }\nlogs: { retention: 90 d, fields: [request id, model version, features, prediction, time] }",
    },
  },
  check({ data: { features = [] }, monitor }) {
    if (features.length === 0) return { unknown: ["3.features"] };
    const differing = features.filter(
      ({ train, serve, refresh }) =>
        (train !== undefined && serve !== undefined && train !== serve) || refresh !== undefined,
    );
    const base = { differing: differing.length, all: features.length };
    if (differing.length > 0 && monitor["skew-check"]?.limit === undefined)
      return [{ ...base, at: "7.skew-check", fields: [] }];
    const logged = monitor.logs?.fields ?? [];
    const fields = NEEDED_FIELDS.filter(([, pattern]) => !logged.some((field) => pattern.test(field))).map(
      ([name]) => name,
    );
    if (fields.length === 0) return [];
    return differing.length > 0 || monitor.logs !== undefined ? [{ ...base, at: "7.logs.fields", fields }] : [];
  },
  say: ({ differing, all, fields }) =>
    fields.length === 0
      ? {
          message: `${count(differing)} of ${count(all)} features come from different sources or are renewed on a schedule, and nothing compares what is served with what is computed`,
          label: "no `skew-check` here",
        }
      : {
          message: `the log of predictions lacks ${list(fields)}, so a served value cannot be compared with a computed one`,
          label: "what is logged?",
          fix: `write \`logs: { fields: [request id, model version, features, prediction, time] }\``,
        },
});
