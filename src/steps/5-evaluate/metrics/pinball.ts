/** Pinball loss: what a quantile forecast is judged by. */

import type { PredictionMetric } from "./metric.ts";

/** Mean of q (y - f) above the forecast and (1 - q) (f - y) below it (Koenker and Bassett 1978); smallest at the true q quantile. */
export function pinballLoss(truth: ArrayLike<number>, predicted: ArrayLike<number>, quantile: number): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const above = truth[i] - predicted[i];
    sum += above >= 0 ? quantile * above : (quantile - 1) * above;
  }
  return sum / truth.length;
}

const QUANTILES = ["0.5", "0.05", "0.1", "0.25", "0.75", "0.9", "0.95", "0.99"] as const;

/** The metric `pinball`, `by` a quantile; the median where none is named. */
export const pinball: PredictionMetric = {
  name: "pinball",
  aliases: ["pinball loss", "quantile loss"],
  over: "predictions",
  cutoff: "none",
  direction: "lower is better",
  definition: "loss of a quantile forecast, for the quantile that is named",
  variants: QUANTILES,
  measure: (truth, predicted, _k, variant) => pinballLoss(truth, predicted, Number(variant)),
};
