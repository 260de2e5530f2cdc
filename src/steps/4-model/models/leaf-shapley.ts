/** Exact Shapley values of one leaf of a tree: what it gives each feature on its path. */

import { gaussLegendre } from "../../../core/gauss-legendre.ts";

export interface LeafPath {
  readonly value: number;
  /** For each feature on the path, the share of the training rows that its splits there let through, multiplied. */
  readonly shares: readonly number[];
}

/**
 * Adds the value of each feature on the path to `into`; `misses` is 1 for a feature that keeps the row from the leaf, else 0.
 *
 * What a leaf adds when only some features are known is its value times one factor for each feature on its path: `meets` (1 or 0,
 * whether the row goes that way) where the feature is known, `share` where it is not. Its Shapley value for feature i is the integral
 * over t in [0, 1] of value * (meets_i - share_i) * the product over the other features of (t * meets + (1 - t) * share) (Owen 1972,
 * "Multilinear extensions of games"). That is a polynomial in t, so a Gauss-Legendre rule with half as many points as features gives
 * it exactly.
 */
export function addLeafShapley({ value, shares }: LeafPath, misses: ArrayLike<number>, into: Float64Array): void {
  const count = shares.length;
  const { points, weights } = gaussLegendre(Math.ceil(count / 2));
  for (let point = 0; point < points.length; point++) {
    const t = (points[point] + 1) / 2;
    let product = (value * weights[point]) / 2;
    for (let at = 0; at < count; at++) product *= (1 - misses[at]) * t + (1 - t) * shares[at];
    for (let at = 0; at < count; at++) {
      const share = shares[at];
      into[at] += misses[at] === 1 ? -product / (1 - t) : (product * (1 - share)) / (t + (1 - t) * share);
    }
  }
}
