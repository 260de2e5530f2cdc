/** The noncentral t law: what a t statistic follows when there is an effect. The ground under the power of t tests. */

import { chiSquare } from "./distribution-chi-square.ts";
import { standardNormal } from "./distribution-normal.ts";
import { integrate } from "./gauss-legendre.ts";

/**
 * P(T > t) for T = (Z + shift) / sqrt(X / df), X chi-square with `df` degrees: the normal tail averaged over the law of
 * s = sqrt(X / df), between its 1e-16 quantiles in four panels. Absolute error about 1e-12 for whole
 * degrees of freedom from 2; where they are not whole and below 3, the density has a corner at 0 and the error is about 1e-7.
 */
export function noncentralTSurvival(t: number, df: number, shift: number): number {
  const law = chiSquare(df);
  const low = Math.sqrt(law.quantile(1e-16) / df);
  const high = Math.sqrt(law.upperQuantile(1e-16) / df);
  let sum = 0;
  for (let panel = 0; panel < 4; panel++) {
    const from = low + ((high - low) * panel) / 4;
    sum += integrate(
      (s) => standardNormal.cdf(shift - t * s) * law.density(df * s * s) * 2 * df * s,
      from,
      from + (high - low) / 4,
    );
  }
  return Math.min(1, sum);
}
