/** WAPE: all absolute error over all absolute truth. */

import type { PredictionMetric } from "./metric.ts";

/** sum |y - prediction| / sum |y|: no row with a small truth can dominate it. NaN when every truth is 0. */
export function weightedApe(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let error = 0;
  let size = 0;
  for (let i = 0; i < truth.length; i++) {
    error += Math.abs(truth[i] - predicted[i]);
    size += Math.abs(truth[i]);
  }
  return size > 0 ? error / size : Number.NaN;
}

/** The metric `wape`. */
export const wape: PredictionMetric = {
  name: "wape",
  aliases: ["weighted absolute percentage error"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "summed absolute error over summed absolute truth",
  variants: [],
  measure: weightedApe,
};
