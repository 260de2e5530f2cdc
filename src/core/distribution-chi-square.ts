/** The chi-square law, through the incomplete gamma function. */

import { type Distribution, increasingRoot } from "./distribution.ts";
import { standardNormal } from "./distribution-normal.ts";
import { incompleteGamma, poissonTerm } from "./gamma-function.ts";

/** Chi-square with `df` > 0 degrees of freedom. */
export function chiSquare(df: number): Distribution {
  const a = df / 2;
  return {
    density: (x) => (x > 0 ? (poissonTerm(a, x / 2) * a) / x : 0),
    cdf: (x) => (x > 0 ? incompleteGamma(a, x / 2).lower : 0),
    survival: (x) => (x > 0 ? incompleteGamma(a, x / 2).upper : 1),
    quantile: (p) => 2 * gammaQuantile(p, 1 - p, a),
    upperQuantile: (p) => 2 * gammaQuantile(1 - p, p, a),
  };
}

/** The x with P(a, x) = `lower`; the smaller of the two probabilities decides. Newton on the logarithms of both sides. */
function gammaQuantile(lower: number, upper: number, a: number): number {
  if (!(lower >= 0 && upper >= 0)) return Number.NaN;
  if (lower === 0) return 0;
  if (upper === 0) return Number.POSITIVE_INFINITY;
  const useLower = lower <= upper;
  const target = Math.log(useLower ? lower : upper);
  const logX = increasingRoot(
    (at) => {
      const x = Math.exp(at);
      const { lower: p, upper: q } = incompleteGamma(a, x);
      const slope = poissonTerm(a, x) * a;
      return useLower ? [Math.log(p) - target, slope / p] : [target - Math.log(q), slope / q];
    },
    startOf(useLower ? standardNormal.quantile(lower) : standardNormal.upperQuantile(upper), a),
  );
  return Math.exp(logX);
}

/** ln of the Wilson-Hilferty (1931) guess. */
function startOf(z: number, a: number): number {
  const spread = 1 / (9 * a);
  const root = 1 - spread + z * Math.sqrt(spread);
  return root > 0.05 ? Math.log(a) + 3 * Math.log(root) : Math.log(a) - 5;
}
