/** RMSE: the root of the mean squared error. */

import type { PredictionMetric } from "./metric.ts";

/** Root of the mean of (y - prediction)^2. NaN for no rows. */
export function rootMeanSquaredError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += (truth[i] - predicted[i]) ** 2;
  return Math.sqrt(sum / truth.length);
}

/** The metric `rmse`. */
export const rmse: PredictionMetric = {
  name: "rmse",
  aliases: ["root mean squared error"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "root of the mean squared error, in the unit of the target",
  variants: [],
  measure: rootMeanSquaredError,
};
