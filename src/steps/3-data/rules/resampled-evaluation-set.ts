/** Finds test sets whose share of positives was changed by resampling. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, share } from "../../../review/words.ts";

interface Found extends Hit {
  readonly handling: string;
  readonly stated: boolean;
  readonly positive?: number;
  readonly after?: number;
}

export const rule = defineRule<Found>({
  code: "HP309",
  name: "resampled-evaluation-set",
  step: 3,
  reads: ["3.imbalance.handling", "3.imbalance.applied-to", "3.imbalance.rate-after", "1.labels.positive-rate"],
  severity: "error",
  consequence: "false-figures",
  summary: "the rows of the test are resampled too",
  why: "precision depends on how rare positives are, so a test at another rate measures another world; copies of one row on both sides leak as well",
  fix: "resample the training rows only: `applied-to: train`; validation and test stay at the natural rate",
  sources: [
    "Leakage and the Reproducibility Crisis (2023), types L1.2 and L3.3",
    "Credit Card Fraud Handbook (2022), ch. 6.3",
  ],
  examples: {
    bad: {
      1: "labels: { positive-rate: 0.2% }",
      3: "imbalance: { handling: oversample, applied-to: all, rate-after: 50% }",
    },
    good: {
      1: "labels: { positive-rate: 0.2% }",
      3: "imbalance: { handling: oversample, applied-to: train, rate-after: 50% }",
    },
  },
  check({ clarify: { labels }, data: { imbalance } }) {
    const handling = imbalance?.handling;
    const isResampling = handling === "oversample" || handling === "smote" || handling === "downsample";
    if (!isResampling) return "not applicable";
    const appliedTo = imbalance?.["applied-to"];
    if (appliedTo === "train") return [];
    const base = {
      at: "3.imbalance.applied-to",
      handling,
      positive: labels?.["positive-rate"]?.value,
      after: imbalance?.["rate-after"]?.value,
    };
    return appliedTo === undefined ? [{ ...base, severity: "warning", stated: false }] : [{ ...base, stated: true }];
  },
  say({ handling, stated, positive, after }) {
    if (!stated)
      return { message: `${code(handling)} does not say to which rows it is applied`, label: "to which rows?" };
    if (positive === undefined || after === undefined)
      return { message: `${code(handling)} is applied to the test rows too`, label: "the test too" };
    const precision = (rate: number) => share((0.8 * rate) / (0.8 * rate + 0.01 * (1 - rate)));
    return {
      message: `positives are ${share(positive)} in the world and ${share(after)} in the test: at 80% recall and 1% false alarms a precision of ${precision(after)} there is ${precision(positive)} in the world`,
      label: "the test too",
    };
  },
  repair: ({ stated }) => (stated ? [{ replace: "3.imbalance.applied-to", by: "train" }] : []),
});
