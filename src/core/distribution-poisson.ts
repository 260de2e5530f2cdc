/** The Poisson law, through the incomplete gamma function. */

import type { Distribution } from "./distribution.ts";
import { incompleteGamma, poissonTerm } from "./gamma-function.ts";

/** The number of events where `mean` > 0 are expected. */
export function poisson(mean: number): Distribution {
  const tails = (x: number): { readonly lower: number; readonly upper: number } => {
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    const { lower, upper } = incompleteGamma(k + 1, mean);
    return { lower: upper, upper: lower };
  };
  const find = (reached: (k: number) => boolean): number => smallestCount(reached, mean, Number.POSITIVE_INFINITY);
  return {
    density: (k) => (Number.isInteger(k) && k >= 0 ? poissonTerm(k, mean) : 0),
    cdf: (x) => tails(x).lower,
    survival: (x) => tails(x).upper,
    quantile: (p) => {
      if (!(p >= 0 && p <= 1)) return Number.NaN;
      return p === 1 ? Number.POSITIVE_INFINITY : find((k) => tails(k).lower >= p);
    },
    upperQuantile: (p) => {
      if (!(p >= 0 && p <= 1)) return Number.NaN;
      return p === 0 ? Number.POSITIVE_INFINITY : find((k) => tails(k).upper <= p);
    },
  };
}

/** The smallest whole k in 0..`most` at which a monotone condition holds: steps that double from `start`, then halving. */
export function smallestCount(reached: (k: number) => boolean, start: number, most: number): number {
  let high = Math.min(most, Math.max(0, Math.floor(start)));
  let low = -1;
  if (reached(high)) {
    for (let step = 1; high - step > -1; step *= 2) {
      if (!reached(high - step)) {
        low = high - step;
        break;
      }
      high -= step;
    }
  } else {
    low = high;
    for (let step = 1; ; step *= 2) {
      high = Math.min(most, low + step);
      if (high === most || reached(high)) break;
      low = high;
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
