/** The binomial law, through the incomplete beta function. */

import { binomialTerm, incompleteBeta } from "./beta-function.ts";
import type { Distribution } from "./distribution.ts";
import { smallestCount } from "./distribution-poisson.ts";

/** The number of successes in `n` trials of probability `p`. */
export function binomial(n: number, p: number): Distribution {
  const tails = (x: number): { readonly lower: number; readonly upper: number } => {
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    if (k >= n) return { lower: 1, upper: 0 };
    // P(X > k) = I_p(k + 1, n - k).
    const { lower, upper } = incompleteBeta(p, 1 - p, k + 1, n - k);
    return { lower: upper, upper: lower };
  };
  return {
    density: (k) => (Number.isInteger(k) && k >= 0 && k <= n ? binomialTerm(k, n, p, 1 - p) : 0),
    cdf: (x) => tails(x).lower,
    survival: (x) => tails(x).upper,
    quantile: (q) => (q >= 0 && q <= 1 ? smallestCount((k) => tails(k).lower >= q, n * p, n) : Number.NaN),
    upperQuantile: (q) => (q >= 0 && q <= 1 ? smallestCount((k) => tails(k).upper <= q, n * p, n) : Number.NaN),
  };
}
