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
import { tPower } from "./power.ts";

/** The test to be sized. */
export interface MeanPlan extends ErrorRates {
  /** Standard deviation of the metric per unit, the same in both arms. */
  readonly sd: number;
  /** The difference to be found, in the metric's unit. */
  readonly delta: number;
  /** Size of the treated arm over that of the control, 1 by default; the t methods know only 1. */
  readonly ratio?: number;
  /**
   * `z` (the default) is the closed form; `t` solves the noncentral t law and counts both tails, about 1 unit more; `t one tail` leaves
   * out the far tail, as R's power.t.test does unless it is strict.
   */
  readonly method?: "z" | "t" | "t one tail";
}

/** Units of the control arm, before rounding up: (1 + 1/r) (z_a + z_b)^2 sd^2 / delta^2, and the t law's answer where it is asked for. */
export function sampleSizeMeans(plan: MeanPlan): Outcome<number> {
  const { sd, delta, alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2, ratio = 1, method = "z" } = plan;
  const oneToOne = {
    name: "ratio",
    value: ratio,
    holds: method === "z" || ratio === 1,
    must: "be 1 for the t methods",
  };
  return whenAll(
    [...errorRateRequirements(plan), positive("sd", sd), nonZero("delta", delta), positive("ratio", ratio), oneToOne],
    () => {
      const z = standardNormal.upperQuantile(alpha / sides) + standardNormal.quantile(power);
      const closed = (1 + 1 / ratio) * (z * (sd / delta)) ** 2;
      return method === "z" ? closed : byT(closed, Math.abs(delta / sd), alpha, power, sides, method === "t");
    },
  );
}

/** The n at which the t test's power reaches the asked one, by halving between the normal law's answer and a little above it. */
function byT(closed: number, size: number, alpha: number, power: number, sides: 1 | 2, farTail: boolean): number {
  const powerAt = (n: number): number => tPower(size * Math.sqrt(n / 2), 2 * n - 2, alpha, sides, farTail);
  let low = Math.max(1.01, closed - 1);
  let high = closed + 5;
  while (powerAt(high) < power) high *= 2;
  for (let i = 0; i < 60 && high - low > 1e-10 * high; i++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) < power) low = middle;
    else high = middle;
  }
  return high;
}
