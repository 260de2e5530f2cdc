/** Normalized entropy: log loss over that of always predicting the base rate. */

import { logLoss } from "./log-loss.ts";
import type { ScoreMetric } from "./metric.ts";

/**
 * Below 1 the model says more than the base rate does (He et al. 2014, "Practical lessons from predicting clicks on ads at Facebook").
 * NaN without both classes.
 */
export function normalizedEntropy(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  const rate = positives / labels.length;
  const entropy = -(rate * Math.log(rate) + (1 - rate) * Math.log1p(-rate));
  return logLoss(labels, probabilities) / entropy;
}

/** The metric `normalized entropy`. */
export const normalizedEntropyMetric: ScoreMetric = {
  name: "normalized entropy",
  aliases: ["normalised entropy", "normalized cross entropy", "ne"],
  over: "scores",
  cutoff: "none",
  direction: "lower is better",
  definition: "log loss over the entropy of the base rate; 1 is no better than the base rate",
  variants: [],
  measure: normalizedEntropy,
};
