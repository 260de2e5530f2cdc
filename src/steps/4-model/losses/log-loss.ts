/** Log loss for labels 0 and 1: the margin is the log-odds. */

import type { BoundLoss, Loss, Target } from "./loss.ts";

/** loss = log(1 + exp(m)) - y m; gradient = p - y; hessian = p (1 - p), with p = 1 / (1 + exp(-m)) (Friedman 2001). */
export const logLoss: Loss = {
  name: "log-loss",
  metric: "log loss",
  higherIsBetter: false,
  needsQueries: false,
  rejectLabel: (label) => (label === 0 || label === 1 ? undefined : "is neither 0 nor 1"),
  bind: bindLogLoss,
  link: sigmoid,
};

/** The same loss for labels from 0 to 1, such as a teacher's probabilities. */
export const softLogLoss: Loss = {
  ...logLoss,
  rejectLabel: (label) => (label >= 0 && label <= 1 ? undefined : "is not from 0 to 1"),
};

/** 1 / (1 + exp(-margin)), without overflow at either end. */
export function sigmoid(margin: number): number {
  if (margin >= 0) return 1 / (1 + Math.exp(-margin));
  const odds = Math.exp(margin);
  return odds / (1 + odds);
}

function bindLogLoss(target: Target): BoundLoss {
  const { labels, weights } = target;
  let positives = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === null ? 1 : weights[row];
    positives += weight * labels[row];
    total += weight;
  }
  return {
    logistic: target,
    baseScore: Math.log(positives / (total - positives)),
    derive(margins, gradients, hessians) {
      for (let row = 0; row < labels.length; row++) {
        const weight = weights === null ? 1 : weights[row];
        const probability = sigmoid(margins[row]);
        gradients[row] = weight * (probability - labels[row]);
        hessians[row] = weight * probability * (1 - probability);
      }
    },
    measure(margins) {
      let sum = 0;
      for (let row = 0; row < labels.length; row++) {
        const margin = margins[row];
        const loss = Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - labels[row] * margin;
        sum += (weights === null ? 1 : weights[row]) * loss;
      }
      return sum / total;
    },
  };
}
