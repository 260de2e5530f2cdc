/** MAE: the mean absolute error. */

import type { PredictionMetric } from "./metric.ts";

/** Mean of |y - prediction|. NaN for no rows. */
export function meanAbsoluteError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += Math.abs(truth[i] - predicted[i]);
  return sum / truth.length;
}

/** The metric `mae`. */
export const mae: PredictionMetric = {
  name: "mae",
  aliases: ["mean absolute error"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean absolute error, in the unit of the target",
  variants: [],
  measure: meanAbsoluteError,
};
