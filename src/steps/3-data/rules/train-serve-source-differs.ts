/** Finds features that come from one source in training and from another in serving. */

import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";

interface Found extends Hit {
  readonly name: string;
  readonly train: string;
  readonly serve: string;
  readonly shared: boolean;
  readonly all: number;
}

export const rule = defineRule<Found>({
  code: "HP316",
  name: "train-serve-source-differs",
  step: 3,
  reads: ["3.features[].train", "3.features[].serve", "3.features[].shared-code", "3.feature-log"],
  severity: "error",
  consequence: "false-figures",
  summary: "a feature is computed from one source in training and from another in serving",
  why: "another time zone or late events shift every score, and no error is raised",
  fix: "log feature vectors when they are served and train from the log (`feature-log: true`), or compute both from one definition, and measure the mismatch in step 7",
  sources: ["Rules of ML (2016), rules 29, 32 and 37", "ML Test Score (2017), Monitor 3"],
  examples: {
    bad: {
      3: "features:\n  - { name: sessions_24h, train: warehouse.daily_sql, serve: redis.stream_counter, shared-code: false }",
    },
    good: {
      3: "feature-log: true\nfeatures:\n  - { name: sessions_24h, train: serving_log, serve: redis.stream_counter, shared-code: true }",
    },
  },
  check({ data: { features = [], ...data } }) {
    if (features.length === 0) return { unknown: ["3.features"] };
    if (data["feature-log"] === true) return [];
    const missing: string[] = [];
    const hits = features.flatMap((feature, i): Found[] => {
      const { name, train, serve, aggregate } = feature;
      if (train === undefined || serve === undefined) {
        if (aggregate === undefined) missing.push(`3.features[${i}].${train === undefined ? "train" : "serve"}`);
        return [];
      }
      if (train === serve) return [];
      const shared = feature["shared-code"] === true;
      const base = { at: `3.features[${i}].serve`, also: [`3.features[${i}].train`], all: features.length };
      return [{ ...base, severity: shared ? "advice" : "error", name, train, serve, shared }];
    });
    return orUnknown(hits, missing);
  },
  say: ({ name, train, serve, shared, all }) => ({
    message: `${code(name)} is trained from ${code(train)} and served from ${code(serve)}, ${shared ? "by one piece of code, and nothing is logged to compare them" : `by separate code (1 of ${count(all)} features)`}`,
    label: "served from here",
    also: ["trained from here"],
  }),
});
