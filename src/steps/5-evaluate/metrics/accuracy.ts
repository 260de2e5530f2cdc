/** Accuracy: the share of predicted classes that are right. */

import type { PredictionMetric } from "./metric.ts";

/** Share of rows whose class is right. NaN for no rows. */
export function shareRight(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) right++;
  return right / truth.length;
}

/** The metric `accuracy`. */
export const accuracy: PredictionMetric = {
  name: "accuracy",
  aliases: ["top-1 accuracy"],
  over: "predictions",
  cutoff: "none",
  direction: "higher is better",
  definition: "share of rows whose class is right",
  variants: [],
  measure: shareRight,
};
