/** Finds features that are known only after the prediction. */

import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly name: string;
  readonly after: number;
}

export const rule = defineRule<Found>({
  code: "HP302",
  name: "feature-after-prediction-time",
  step: 3,
  reads: ["3.features[].available", "3.features[].delay", "6.serving.mode"],
  severity: "error",
  consequence: "false-figures",
  summary: "a feature is known only after the prediction is made",
  why: "offline it is nearly the answer, online it does not exist yet: the model is excellent until it is launched",
  fix: "compute it as of the prediction (`available: -1 h`, or the last finished batch), or delete it",
  sources: [
    "Leakage and the Reproducibility Crisis (2023), type L2",
    "Designing Machine Learning Systems (2022), ch. 5",
    "Feast documentation (2024), point-in-time joins",
  ],
  examples: {
    bad: { 3: "features: [{ name: chargeback_count_7d, available: 3 d }]" },
    good: { 3: "features: [{ name: chargeback_count_prior_7d, available: -1 h }]" },
  },
  check({ data: { features = [] }, deploy }) {
    if (features.length === 0) return { unknown: ["3.features"] };
    const isBatch = deploy.serving?.mode === "batch";
    const missing: string[] = [];
    const hits = features.flatMap(({ name, available, delay, aggregate }, i): Found[] => {
      const path = `3.features[${i}].available`;
      if (available === undefined) {
        if (delay === undefined && aggregate === undefined) missing.push(path);
        return [];
      }
      const after = available.value;
      if (after > 0) return [{ at: path, name, after }];
      return after === 0 && isBatch ? [{ at: path, also: ["6.serving.mode"], severity: "warning", name, after }] : [];
    });
    return orUnknown(hits, missing);
  },
  say: ({ name, after }) =>
    after > 0
      ? { message: `${code(name)} is known ${duration(after)} after the prediction`, label: "not yet known" }
      : {
          message: `${code(name)} is known at the moment of the event, but the batch that needs it starts earlier`,
          label: "too late for the batch",
          also: ["predictions are made ahead"],
        },
});
