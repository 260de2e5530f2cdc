/** The beta law; its quantile is found on the logit scale, where both tails are straight lines. */

import { betaTerm, incompleteBeta } from "./beta-function.ts";
import { type Distribution, increasingRoot } from "./distribution.ts";

/** The beta law with shapes a, b > 0. */
export function betaDistribution(a: number, b: number): Distribution {
  return {
    density: (x) => (x > 0 && x < 1 ? betaTerm(x, 1 - x, a, b) / (x * (1 - x)) : 0),
    cdf: (x) => incompleteBeta(clamp(x), 1 - clamp(x), a, b).lower,
    survival: (x) => incompleteBeta(clamp(x), 1 - clamp(x), a, b).upper,
    quantile: (p) => logistic(betaLogitQuantile(p, 1 - p, a, b)),
    upperQuantile: (p) => logistic(betaLogitQuantile(1 - p, p, a, b)),
  };
}

/**
 * ln(x / (1 - x)) of the beta quantile x. The probability is given from both sides (`lower` + `upper` = 1), and the smaller
 * one decides, so that the answer keeps its digits in either tail.
 */
export function betaLogitQuantile(lower: number, upper: number, a: number, b: number): number {
  if (!(lower >= 0 && upper >= 0) || !(a > 0 && b > 0)) return Number.NaN;
  if (lower === 0) return Number.NEGATIVE_INFINITY;
  if (upper === 0) return Number.POSITIVE_INFINITY;
  if (upper < lower) return -betaLogitQuantile(upper, lower, b, a);
  const target = Math.log(lower);
  const start = Math.log(a / b);
  return increasingRoot((logit) => {
    const x = logistic(logit);
    const y = logistic(-logit);
    const value = incompleteBeta(x, y, a, b).lower;
    return [Math.log(value) - target, betaTerm(x, y, a, b) / value];
  }, start);
}

/** 1 / (1 + e^-u). */
function logistic(u: number): number {
  if (u >= 0) return 1 / (1 + Math.exp(-u));
  const e = Math.exp(u);
  return e / (1 + e);
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
