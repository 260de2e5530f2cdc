/** Log loss: the mean negative logarithm of the probability given to what happened, in nats. */

import type { ScoreMetric } from "./metric.ts";

/**
 * How far from 0 and 1 a probability is kept; it decides the value when a certain prediction is wrong. `float64` is the machine
 * epsilon 2.2e-16 (scikit-learn from 1.2 on), `1e-15` its older versions, `1e-7` Keras.
 */
export type Clipping = "float64" | "1e-15" | "1e-7";

const CLIPPING: Readonly<Record<Clipping, number>> = { float64: Number.EPSILON, "1e-15": 1e-15, "1e-7": 1e-7 };

/** Mean of -(y ln p + (1 - y) ln(1 - p)) with p kept within [eps, 1 - eps]. NaN for no rows or a probability outside of 0 to 1. */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  clipping: Clipping = "float64",
): number {
  const epsilon = CLIPPING[clipping];
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i];
    if (!(p >= 0 && p <= 1)) return Number.NaN;
    const kept = Math.min(1 - epsilon, Math.max(epsilon, p));
    // log1p keeps the digits of a probability near 0; a clipped p near 1 stands at 1 - epsilon exactly.
    sum -= labels[i] * Math.log(kept) + (1 - labels[i]) * Math.log1p(-kept);
  }
  return sum / labels.length;
}

/** The metric `log loss`. */
export const logLossMetric: ScoreMetric = {
  name: "log loss",
  aliases: ["logloss", "log-loss", "cross entropy", "cross-entropy", "binary cross entropy"],
  over: "scores",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean negative log probability of the true class in nats, probabilities clipped at 2.2e-16",
  variants: ["float64", "1e-15", "1e-7"],
  measure: (labels, scores, _k, variant) =>
    logLoss(labels, scores, variant === "1e-15" || variant === "1e-7" ? variant : "float64"),
};
