/** Squared error: the margin is the prediction. */

import type { BoundLoss, Loss, Target } from "./loss.ts";

/** loss = (m - y)^2 / 2; gradient = m - y; hessian = 1. `measure` is the mean squared error, without the half. */
export const squaredError: Loss = {
  name: "squared-error",
  metric: "mean squared error",
  higherIsBetter: false,
  needsQueries: false,
  rejectLabel: (label) => (Number.isFinite(label) ? undefined : "is not a finite number"),
  bind: bindSquaredError,
  link: (margin) => margin,
};

function bindSquaredError({ labels, weights }: Target): BoundLoss {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === null ? 1 : weights[row];
    sum += weight * labels[row];
    total += weight;
  }
  return {
    baseScore: sum / total,
    derive(margins, gradients, hessians) {
      for (let row = 0; row < labels.length; row++) {
        const weight = weights === null ? 1 : weights[row];
        gradients[row] = weight * (margins[row] - labels[row]);
        hessians[row] = weight;
      }
    },
    measure(margins) {
      let squares = 0;
      for (let row = 0; row < labels.length; row++) {
        squares += (weights === null ? 1 : weights[row]) * (margins[row] - labels[row]) ** 2;
      }
      return squares / total;
    },
  };
}
