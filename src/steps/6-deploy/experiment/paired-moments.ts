/** Moments of two columns of the same units: an outcome with its denominator, or with its pre-period value. */

import { covarianceOf, momentsOf } from "../../5-evaluate/protocols/moments.ts";

/** Means, sample variances and covariance (divided by n - 1) of columns x and y. */
export interface PairedMoments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly varianceX: number;
  readonly varianceY: number;
  readonly covariance: number;
}

/** The moments of two columns of one length. */
export function pairedMomentsOf(x: ArrayLike<number>, y: ArrayLike<number>): PairedMoments {
  const a = momentsOf(x);
  const b = momentsOf(y);
  return {
    n: a.n,
    meanX: a.mean,
    meanY: b.mean,
    varianceX: a.variance,
    varianceY: b.variance,
    covariance: covarianceOf(x, y),
  };
}
