/** Always-valid inference: a test and an interval that may be read at any time, by a mixture of likelihood ratios. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

/** One look: the estimated effect so far and its standard error. For n pairs, the error is sqrt((var_a + var_b) / n). */
export interface Look {
  readonly effect: number;
  readonly standardError: number;
}

/** What may be said at one look. */
export interface AlwaysValidResult {
  /** The mixture likelihood ratio at this look. */
  readonly ratio: number;
  /** The smallest 1 / ratio of all looks so far, at most 1. */
  readonly pValue: number;
  /** Half the width of the interval, which holds at every look at once. */
  readonly reach: number;
  readonly interval: readonly [number, number];
}

/**
 * mSPRT with a normal mixture, effect ~ N(0, tau^2) (Johari, Pekelis, Walsh 2015; Robbins 1970): with v the squared error,
 * ratio = sqrt(v / (v + tau^2)) exp(tau^2 d^2 / (2 v (v + tau^2))), and reject once it reaches 1 / alpha. `tau` is the size of effect
 * the test is quickest at; it must be chosen before the data are seen. A look with an error that is not positive is a failure.
 */
export function alwaysValid(looks: readonly Look[], tau: number, alpha = 0.05): Outcome<readonly AlwaysValidResult[]> {
  if (!(tau > 0 && Number.isFinite(tau)))
    return fail({
      code: "bad-plan",
      message: `tau is ${tau}, but must be above 0`,
      where: "tau",
      fix: "use the smallest effect worth finding",
    });
  if (!(alpha > 0 && alpha < 1))
    return fail({ code: "bad-plan", message: `alpha is ${alpha}, but must be above 0 and below 1`, where: "alpha" });
  const broken = looks.findIndex(
    ({ effect, standardError }) => !(standardError > 0) || !Number.isFinite(effect + standardError),
  );
  if (broken >= 0)
    return fail({ code: "bad-look", message: `look ${broken + 1} has no effect with a positive standard error` });
  let smallest = 1;
  return succeed(
    looks.map(({ effect, standardError }) => {
      const v = standardError ** 2;
      const mixed = v + tau * tau;
      const ratio = Math.sqrt(v / mixed) * Math.exp((tau * tau * effect * effect) / (2 * v * mixed));
      smallest = Math.min(smallest, 1 / ratio);
      const reach = Math.sqrt(((v * mixed) / (tau * tau)) * (2 * Math.log(1 / alpha) + Math.log(mixed / v)));
      return { ratio, pValue: smallest, reach, interval: [effect - reach, effect + reach] };
    }),
  );
}
