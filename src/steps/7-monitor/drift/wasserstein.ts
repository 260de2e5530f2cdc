/** Wasserstein distance of two samples: how far mass has to move, in the unit of the values. */

import { sortFloats } from "../../../core/sort-floats.ts";

/**
 * The area between the two empirical distribution functions (order 1). Unlike PSI it keeps the unit, so a threshold can be stated in it;
 * dividing by the reference's standard deviation makes features comparable. NaN for an empty sample or one with NaN.
 */
export function wassersteinDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const sample of [a, b]) for (let i = 0; i < sample.length; i++) if (Number.isNaN(sample[i])) return Number.NaN;
  if (a.length === 0 || b.length === 0) return Number.NaN;
  const x = sortFloats(a);
  const y = sortFloats(b);
  let i = 0;
  let j = 0;
  let at = Math.min(x[0], y[0]);
  let area = 0;
  while (i < x.length || j < y.length) {
    const next = Math.min(
      i < x.length ? x[i] : Number.POSITIVE_INFINITY,
      j < y.length ? y[j] : Number.POSITIVE_INFINITY,
    );
    area += Math.abs(i / x.length - j / y.length) * (next - at);
    at = next;
    while (i < x.length && x[i] === next) i++;
    while (j < y.length && y[j] === next) j++;
  }
  return area;
}
