/** Brier score: the mean squared error of a probability. */

import type { ScoreMetric } from "./metric.ts";

/** Mean of (p - y)^2 (Brier 1950, for two classes). NaN for no rows or a probability outside of 0 to 1. */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i];
    if (!(p >= 0 && p <= 1)) return Number.NaN;
    sum += (p - labels[i]) ** 2;
  }
  return sum / labels.length;
}

/** The metric `brier`. */
export const brier: ScoreMetric = {
  name: "brier",
  aliases: ["brier score"],
  over: "scores",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean squared error of the probability",
  variants: [],
  measure: brierScore,
};
