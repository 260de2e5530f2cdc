/** The F law of Fisher and Snedecor, through the incomplete beta function. */

import { betaTerm, incompleteBeta } from "./beta-function.ts";
import type { Distribution } from "./distribution.ts";
import { betaLogitQuantile } from "./distribution-beta.ts";

/** F with `above` and `below` > 0 degrees of freedom. */
export function fisherF(above: number, below: number): Distribution {
  const split = (f: number): readonly [number, number] => {
    const total = above * f + below;
    return total < Number.POSITIVE_INFINITY ? [(above * f) / total, below / total] : [1, below / above / f];
  };
  const fromLogit = (logit: number): number => (Math.exp(logit) * below) / above;
  return {
    density: (f) => (f > 0 ? betaTerm(...split(f), above / 2, below / 2) / f : 0),
    cdf: (f) => (f > 0 ? incompleteBeta(...split(f), above / 2, below / 2).lower : 0),
    survival: (f) => (f > 0 ? incompleteBeta(...split(f), above / 2, below / 2).upper : 1),
    quantile: (p) => fromLogit(betaLogitQuantile(p, 1 - p, above / 2, below / 2)),
    upperQuantile: (p) => fromLogit(betaLogitQuantile(1 - p, p, above / 2, below / 2)),
  };
}
