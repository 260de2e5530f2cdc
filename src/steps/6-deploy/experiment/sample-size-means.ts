/** How many units a test of two means needs. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { fail, type Outcome } from "../../../core/outcome.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  errorRateRequirements,
  nonZero,
  oneOfNames,
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
  /** Size of the treated arm over that of the control, 1 by default. */
  readonly ratio?: number;
  /**
   * `z` (the default) is the closed form; `t` solves the noncentral t law and counts both tails, about 1 unit more; `t one tail` leaves
   * out the far tail, as R's power.t.test does unless it is strict.
   */
  readonly method?: MeanMethod;
}

/** Which law stands under the test of two means. */
export type MeanMethod = (typeof MEAN_METHODS)[number];

/** The laws by name, the default first. */
export const MEAN_METHODS = ["z", "t", "t one tail"] as const;

/** Units of the control arm, before rounding up: (1 + 1/r) (z_a + z_b)^2 sd^2 / delta^2, and the t law's answer where it is asked for. */
export function sampleSizeMeans(plan: MeanPlan): Outcome<number> {
  const { sd, delta, alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2, ratio = 1, method = "z" } = plan;
  const size = whenAll(
    [
      oneOfNames("method", method, MEAN_METHODS),
      ...errorRateRequirements(plan),
      positive("sd", sd),
      nonZero("delta", delta),
      positive("ratio", ratio),
    ],
    () => {
      const z = standardNormal.upperQuantile(alpha / sides) + standardNormal.quantile(power);
      const closed = (1 + 1 / ratio) * (z * (sd / delta)) ** 2;
      // From there on the t law's one unit more is below the digits of the answer.
      return method === "z" || closed > 1e9
        ? closed
        : byT(closed, Math.abs(delta / sd), ratio, alpha, power, sides, method === "t");
    },
  );
  if (!size.ok || Number.isFinite(size.value)) return size;
  return fail({
    code: "bad-plan",
    message: `no number of units finds a difference of ${delta} beside a standard deviation of ${sd}`,
    where: "delta",
    fix: "check the units of both",
  });
}

/**
 * The n at which the t test's power reaches the asked one, by halving. It lies above the normal law's answer but where alpha is so large
 * that the far tail helps, so the search begins at the smallest arms that have degrees of freedom.
 */
function byT(
  closed: number,
  size: number,
  ratio: number,
  alpha: number,
  power: number,
  sides: 1 | 2,
  farTail: boolean,
): number {
  const powerAt = (n: number): number =>
    tPower(size * Math.sqrt((n * ratio) / (1 + ratio)), n * (1 + ratio) - 2, alpha, sides, farTail);
  const least = 2.02 / (1 + ratio);
  let low = Math.max(least, closed - 1);
  while (low > least && powerAt(low) >= power) low = Math.max(least, low * 0.9);
  let high = Math.max(low, closed) + 5;
  while (powerAt(high) < power) high *= 2;
  for (let i = 0; i < 60 && high - low > 1e-10 * high; i++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) < power) low = middle;
    else high = middle;
  }
  return high;
}
