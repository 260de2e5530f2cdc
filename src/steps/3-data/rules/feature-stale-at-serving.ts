/** Finds features that are older in serving than in training. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly name: string;
  readonly refresh: string;
  readonly window?: string;
  readonly age?: number;
}

export const rule = defineRule<Found>({
  code: "HP317",
  name: "feature-stale-at-serving",
  step: 3,
  reads: ["3.features[].window", "3.features[].refresh", "3.features[].available"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the served value of a feature is renewed too seldom for what it says",
  why: "most of the day it describes a past that the training rows never saw",
  fix: "renew it at least once per window (from a stream), or train with the same age that you serve",
  sources: ["Rules of ML (2016), rules 8 and 31", "ML Test Score (2017), Monitor 3–4"],
  settings: { tolerance: 0.1 },
  examples: {
    bad: { 3: "features: [{ name: clicks_1h, window: 1 h, refresh: 24 h }]" },
    good: { 3: "features: [{ name: clicks_1h, window: 1 h, refresh: 5 m }]" },
  },
  check({ data: { features = [] } }, { tolerance = 0.1 }) {
    const missing: string[] = [];
    const hits = features.flatMap(({ name, window, refresh, available, aggregate, serve }, i): Found[] => {
      const path = `3.features[${i}].refresh`;
      if (refresh === undefined) {
        if (aggregate === undefined && serve !== "request") missing.push(path);
        return [];
      }
      const base = { at: path, name, refresh: refresh.text };
      if (window !== undefined && window !== "all" && exceeds(refresh.value, window.value)) {
        return [{ ...base, also: [`3.features[${i}].window`], window: window.text }];
      }
      const age = available === undefined || available.value > 0 ? undefined : -available.value;
      if (age === undefined || !exceeds(refresh.value, age * (1 + tolerance))) return [];
      return [{ ...base, also: [`3.features[${i}].available`], age }];
    });
    if (features.length === 0) return { unknown: ["3.features"] };
    return orUnknown(hits, missing);
  },
  say: ({ name, refresh, window, age }) => ({
    message:
      window === undefined
        ? `${code(name)} is ${duration(age ?? 0)} old in training and up to ${refresh} old in serving`
        : `${code(name)} covers ${window} but is renewed every ${refresh}`,
    label: `up to ${refresh} old`,
    also: [window === undefined ? "trained with this age" : "what it covers"],
  }),
});
