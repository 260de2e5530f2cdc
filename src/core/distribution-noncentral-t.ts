/** The noncentral t law: what a t statistic follows when there is an effect. The ground under the power of t tests. */

import { chiSquare } from "./distribution-chi-square.ts";
import { standardNormal } from "./distribution-normal.ts";
import { integrate } from "./gauss-legendre.ts";

/**
 * P(T > t) for T = (Z + shift) / sqrt(X / df), X chi-square with `df` degrees: the normal tail averaged over the law of
 * s = sqrt(X / df), between its 1e-16 quantiles. The tail falls from 1 to 0 around s = shift / t within a few 1 / t, which for a small
 * alpha is a sliver of the law, so panels end where it begins and ends. Absolute error about 1e-12 for whole
 * degrees of freedom from 2; where they are not whole and below 3, the density has a corner at 0 and the error is about 1e-7.
 */
export function noncentralTSurvival(t: number, df: number, shift: number): number {
  const law = chiSquare(df);
  const low = Math.sqrt(law.quantile(1e-16) / df);
  const high = Math.sqrt(law.upperQuantile(1e-16) / df);
  // Beyond this the normal tail is below the smallest number.
  const last = t > 0 ? Math.min(high, (shift + 38) / t) : high;
  if (!(last > low)) return 0;
  const ends = [low, ...FALL.map((z) => (shift + z) / t).filter((s) => s > low && s < last), last].sort(
    (a, b) => a - b,
  );
  let sum = 0;
  for (let i = 1; i < ends.length; i++) {
    const panels = ends.length === 2 ? 4 : 2;
    const width = (ends[i] - ends[i - 1]) / panels;
    for (let panel = 0; panel < panels; panel++)
      sum += integrate(
        (s) => standardNormal.cdf(shift - t * s) * law.density(df * s * s) * 2 * df * s,
        ends[i - 1] + panel * width,
        ends[i - 1] + (panel + 1) * width,
      );
  }
  return Math.min(1, sum);
}

/** Where the normal tail has risen from nothing, and where it is 1 to the last digit. */
const FALL: readonly number[] = [-8, 8];
