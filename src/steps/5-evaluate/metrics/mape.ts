/** MAPE: the mean absolute error relative to the truth. */

import type { PredictionMetric } from "./metric.ts";

/** Mean of |y - prediction| / |y|, as a fraction (scikit-learn's form, not a percentage). Infinite when a truth is 0: use WAPE there. */
export function meanAbsolutePercentageError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const error = Math.abs(truth[i] - predicted[i]);
    sum += error === 0 ? 0 : error / Math.abs(truth[i]);
  }
  return sum / truth.length;
}

/** The metric `mape`. */
export const mape: PredictionMetric = {
  name: "mape",
  aliases: ["mean absolute percentage error"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean of the absolute error over the absolute truth, as a fraction",
  variants: [],
  measure: meanAbsolutePercentageError,
};
