/** sMAPE: the mean absolute error relative to the mean size of truth and prediction. */

import type { PredictionMetric } from "./metric.ts";

/** The range the value is printed in: three are in use for the same quantity. */
export type SmapeScale = "0 to 2" | "0 to 1" | "0 to 200 %";

const FACTORS: Readonly<Record<SmapeScale, number>> = { "0 to 2": 2, "0 to 1": 1, "0 to 200 %": 200 };

/** Mean of |y - prediction| / (|y| + |prediction|), times 2, 1 or 200. A row that is 0 on both sides counts 0. */
export function symmetricMape(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  scale: SmapeScale = "0 to 2",
): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const size = Math.abs(truth[i]) + Math.abs(predicted[i]);
    sum += size === 0 ? 0 : Math.abs(truth[i] - predicted[i]) / size;
  }
  return (FACTORS[scale] * sum) / truth.length;
}

/** The metric `smape`. */
export const smape: PredictionMetric = {
  name: "smape",
  aliases: ["symmetric mape"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean of twice the absolute error over |truth| + |prediction|, 0 to 2",
  variants: ["0 to 2", "0 to 1", "0 to 200 %"],
  measure: (truth, predicted, _k, variant) =>
    symmetricMape(truth, predicted, variant === "0 to 1" || variant === "0 to 200 %" ? variant : "0 to 2"),
};
