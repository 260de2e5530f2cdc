/** R2: the share of the variance that a prediction explains. */

import type { PredictionMetric } from "./metric.ts";

/** 1 - squared error over squared deviation from the mean. NaN when the truth does not vary. */
export function coefficientOfDetermination(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < truth.length; i++) mean += truth[i] / truth.length;
  let residual = 0;
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    residual += (truth[i] - predicted[i]) ** 2;
    total += (truth[i] - mean) ** 2;
  }
  return total > 0 ? 1 - residual / total : Number.NaN;
}

/** The metric `r2`. */
export const r2: PredictionMetric = {
  name: "r2",
  aliases: ["r squared", "r^2", "coefficient of determination"],
  over: "predictions",
  cutoff: "none",
  direction: "higher is better",
  definition: "share of the variance that the prediction explains; below 0 it is worse than the mean",
  variants: [],
  measure: coefficientOfDetermination,
};
