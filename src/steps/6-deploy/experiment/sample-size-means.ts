/** How many units a test of two means needs. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import type { Outcome } from "../../../core/outcome.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  errorRateRequirements,
  nonZero,
  positive,
  whenAll,
} from "./plan-input.ts";

export interface MeanPlan extends ErrorRates {
  /** Standard deviation of the metric per unit, the same in both arms. */
  readonly sd: number;
  /** The difference to be found, in the metric's unit. */
  readonly delta: number;
}

/** Units per arm of a 1:1 test by the normal law, before rounding up: 2 (z_a + z_b)^2 sd^2 / delta^2. */
export function sampleSizeMeans(plan: MeanPlan): Outcome<number> {
  const { sd, delta, alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2 } = plan;
  return whenAll([...errorRateRequirements(plan), positive("sd", sd), nonZero("delta", delta)], () => {
    const z = standardNormal.upperQuantile(alpha / sides) + standardNormal.quantile(power);
    return 2 * (z * (sd / delta)) ** 2;
  });
}
