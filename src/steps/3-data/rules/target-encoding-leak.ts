/** Finds features made of the label that hold each row's own label. */

import { defineRule } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

const SAFE: readonly string[] = ["cross-fit", "past-only", "train-only-holdout"];

export const rule = defineRule({
  code: "HP307",
  name: "target-encoding-leak",
  step: 3,
  reads: ["3.features[].target-based", "3.features[].fit"],
  severity: "error",
  consequence: "false-figures",
  summary: "a feature is computed from the label over rows that include the row itself",
  why: "each row's own label is inside its feature: a quarter of the value for a category of 4 rows, all of it for a category of one",
  fix: "compute it from labels known at that moment (`fit: past-only`, shifted by the label's delay), or out of fold with smoothing (`fit: cross-fit`)",
  sources: [
    "scikit-learn (2024), target encoder",
    "Credit Card Fraud Handbook (2022), ch. 3",
    "Leakage and the Reproducibility Crisis (2023), type L2",
  ],
  examples: {
    bad: { 3: "features: [{ name: merchant_fraud_rate, target-based: true, fit: all-rows }]" },
    good: { 3: "features: [{ name: merchant_fraud_rate, target-based: true, fit: past-only, available: -45 d }]" },
  },
  check({ data: { features = [] } }) {
    const based = features.flatMap((feature, i) => (feature["target-based"] === true ? [{ ...feature, i }] : []));
    if (based.length === 0) return "not applicable";
    return based
      .filter(({ fit }) => fit === undefined || !SAFE.includes(fit))
      .map(({ name, fit, i }) => ({ at: `3.features[${i}].fit`, also: [`3.features[${i}].target-based`], name, fit }));
  },
  say: ({ name, fit }) => ({
    message: `${code(name)} is made of the label and ${fit === undefined ? "does not say on which rows it is fitted" : "is fitted on all rows"}, so each row's own label is inside it`,
    label: fit === undefined ? "fitted on which rows?" : "its own label too",
    also: ["made of the label"],
  }),
  repair: ({ at, fit }) => (fit === undefined ? [] : [{ replace: at, by: "cross-fit" }]),
});
