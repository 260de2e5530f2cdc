/** Finds probabilities from resampled data that nobody has corrected. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code, number, share } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP315",
  name: "resampling-not-corrected",
  step: 3,
  reads: [
    "3.imbalance.handling",
    "3.imbalance.keep",
    "3.imbalance.corrected",
    "2.output",
    "2.threshold.policy",
    "4.stages[].calibration",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "scores of a resampled or weighted training set are used as probabilities",
  why: "training on another share of positives moves every score, so a price or a cost threshold computed from it is wrong",
  fix: "apply q = p / (p + (1 − p) / w) after scoring (w is the share of negatives kept), or weight kept negatives by 1/w, or recalibrate on natural data and write `corrected: true`",
  sources: ["Predicting Clicks on Ads at Facebook (2014), §6.3", "Rules of ML (2016), rule 30"],
  examples: {
    bad: { 2: "output: probability", 3: "imbalance: { handling: downsample, applied-to: train, keep: 5% }" },
    good: {
      2: "output: probability",
      3: "imbalance: { handling: downsample, applied-to: train, keep: 5%, corrected: true }",
    },
  },
  check({ frame: { output, threshold }, data: { imbalance }, model }) {
    const handling = imbalance?.handling;
    if (handling === undefined || handling === "none" || handling === "focal") return "not applicable";
    if (output === undefined) return unknown("2.output");
    const usesValue = output === "probability" || (output === "threshold" && threshold?.policy === "cost");
    if (!usesValue) return "not applicable";
    const recalibrated = model.stages?.some(({ calibration }) => calibration !== undefined && calibration !== "none");
    if (imbalance?.corrected === true || recalibrated === true) return [];
    return [{ at: "3.imbalance.handling", also: ["2.output"], handling, keep: imbalance?.keep?.value }];
  },
  say({ handling, keep }) {
    const example =
      keep === undefined || handling !== "downsample"
        ? ""
        : `: with ${share(keep)} of the negatives kept, a score of 0.30 stands for ${number(0.3 / (0.3 + 0.7 / keep))}`;
    return {
      message: `${code(handling)} moves every score, and the scores are used as probabilities${example}`,
      label: "scores are moved",
      also: ["the value itself is used"],
    };
  },
});
