/** Ratio metrics, such as clicks per view, where units are randomised but the denominator varies: the delta method. */

import { type Comparison, compareEstimate } from "./comparison.ts";
import type { PairedMoments } from "./paired-moments.ts";

/** A ratio of sums with its standard error. It is not the mean of the units' own ratios. */
export interface RatioEstimate {
  readonly ratio: number;
  readonly variance: number;
  readonly standardError: number;
}

/**
 * mean x over mean y with variance [var x - 2 R cov + R^2 var y] / (n mean_y^2) (Deng, Knoblich, Lu 2018). n counts randomised units;
 * a binomial error over all denominators would take one unit's forty views for forty opinions.
 */
export function ratioEstimate(moments: PairedMoments): RatioEstimate {
  const { n, meanX, meanY, varianceX, varianceY, covariance } = moments;
  const ratio = meanX / meanY;
  const variance = (varianceX - 2 * ratio * covariance + ratio * ratio * varianceY) / (n * meanY * meanY);
  return { ratio, variance, standardError: Math.sqrt(variance) };
}

/** Treated minus control of a ratio metric, by the normal law. */
export function compareRatios(control: PairedMoments, treated: PairedMoments, level = 0.95): Comparison {
  const a = ratioEstimate(control);
  const b = ratioEstimate(treated);
  return compareEstimate(b.ratio - a.ratio, Math.sqrt(a.variance + b.variance), Number.POSITIVE_INFINITY, level);
}
