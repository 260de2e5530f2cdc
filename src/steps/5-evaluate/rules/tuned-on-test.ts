/** Finds choices that were made on the test set. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";

interface Found extends Hit {
  readonly what: string;
  /** Chosen on a validation part that the split does not have. */
  readonly absent: boolean;
}

const OWN_VALIDATION: readonly string[] = ["k-fold", "rolling", "nested"];

export const rule = defineRule<Found>({
  code: "HP503",
  name: "tuned-on-test",
  step: 5,
  reads: [
    "5.evaluation.tuned-on",
    "5.evaluation.stopped-on",
    "2.threshold.chosen-on",
    "3.split.validation",
    "3.split.by",
  ],
  severity: "error",
  consequence: "false-figures",
  summary: "parameters, the stopping point or the threshold were chosen on the test set",
  why: "the best of many noisy scores is high partly by luck, and the test set has no way left to show it",
  fix: "choose on validation (or inner folds) and open the test set once, at the end",
  sources: ["Leakage and the Reproducibility Crisis (2023), type L1.1", "Credit Card Fraud Handbook (2022), ch. 5.3"],
  examples: {
    bad: { 3: "split: { by: time, train: 90 d, gap: 7 d, test: 14 d }", 5: "evaluation: { tuned-on: test }" },
    good: {
      3: "split: { by: time, train: 90 d, gap: 7 d, validation: 7 d, test: 14 d }",
      5: "evaluation: { tuned-on: validation, stopped-on: validation }",
    },
  },
  check({ frame: { threshold }, data: { split }, evaluate: { evaluation } }) {
    const tunedOn = evaluation?.["tuned-on"];
    const hits: Found[] = [
      ...(tunedOn === "test" ? [{ at: "5.evaluation.tuned-on", what: "parameters were", absent: false }] : []),
      ...(evaluation?.["stopped-on"] === "test"
        ? [{ at: "5.evaluation.stopped-on", what: "the stopping point was", absent: false }]
        : []),
      ...(threshold?.["chosen-on"] === "test"
        ? [{ at: "2.threshold.chosen-on", what: "the threshold was", absent: false }]
        : []),
    ];
    if (hits.length > 0) return hits;
    if (tunedOn === undefined) return unknown("5.evaluation.tuned-on");
    const validation = split?.validation?.value ?? 0;
    const isPhantom =
      tunedOn === "validation" && split?.by !== undefined && validation === 0 && !OWN_VALIDATION.includes(split.by);
    return isPhantom ? [{ at: "5.evaluation.tuned-on", also: ["3.split"], what: "parameters were", absent: true }] : [];
  },
  say: ({ what, absent }) =>
    absent
      ? {
          message: "parameters were chosen on validation, but the split has no validation part",
          label: "which rows?",
          also: ["no `validation` here"],
          fix: "add `validation: 10%` to `split`, between training and test",
        }
      : { message: `${what} chosen on the test set`, label: "the test is used up" },
});
