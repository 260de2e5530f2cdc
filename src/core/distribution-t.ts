/** Student's t law, through the incomplete beta function. */

import { incompleteBeta } from "./beta-function.ts";
import type { Distribution } from "./distribution.ts";
import { betaLogitQuantile } from "./distribution-beta.ts";
import { standardNormal } from "./distribution-normal.ts";
import { logGamma } from "./gamma-function.ts";

/** Above this many degrees of freedom the law is the normal one to 1e-12. */
const NORMAL_FROM = 1e12;

/** Student's t with `df` > 0 degrees of freedom, not necessarily whole. */
export function studentT(df: number): Distribution {
  if (df > NORMAL_FROM) return standardNormal;
  const upperTail = (t: number): number => {
    const square = t * t;
    // A square beyond the largest number is all of the sum.
    const [inner, outer] =
      square < Number.POSITIVE_INFINITY ? [df / (df + square), square / (df + square)] : [df / t / t, 1];
    const both = incompleteBeta(inner, outer, df / 2, 0.5);
    return t >= 0 ? both.lower / 2 : 0.5 + both.upper / 2;
  };
  const upperQuantile = (p: number): number => {
    if (!(p >= 0 && p <= 1)) return Number.NaN;
    if (p > 0.5) return -upperQuantile(1 - p);
    if (p === 0.5) return 0;
    // t^2 = df (1 - x) / x at the beta quantile x.
    return Math.sqrt(df) * Math.exp(-betaLogitQuantile(2 * p, 1 - 2 * p, df / 2, 0.5) / 2);
  };
  return {
    density: (t) =>
      Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2) - ((df + 1) / 2) * Math.log1p((t * t) / df)) /
      Math.sqrt(df * Math.PI),
    cdf: (t) => upperTail(-t),
    survival: upperTail,
    quantile: (p) => -upperQuantile(p),
    upperQuantile,
  };
}

/** Two-sided p-value of a t statistic. */
export function twoSidedT(t: number, df: number): number {
  return Math.min(1, 2 * studentT(df).survival(Math.abs(t)));
}
