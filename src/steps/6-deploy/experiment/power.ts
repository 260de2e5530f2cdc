/** The power of a planned test, and the smallest effect it can find. */

import { noncentralTSurvival } from "../../../core/distribution-noncentral-t.ts";
import { standardNormal } from "../../../core/distribution-normal.ts";
import { studentT } from "../../../core/distribution-t.ts";
import type { Outcome } from "../../../core/outcome.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  nonZero,
  positive,
  probability,
  whenAll,
} from "./plan-input.ts";

type Level = Pick<ErrorRates, "alpha" | "sides">;

/** A test of two rates. */
export interface ProportionPower extends Level {
  readonly baseline: number;
  readonly treated: number;
  readonly perArm: number;
  /** `pooled null` (the default; R's power.prop.test) or `unpooled both tails`, which also counts rejections the wrong way. */
  readonly method?: "pooled null" | "unpooled both tails";
}

/** Probability that a 1:1 test of two proportions rejects. */
export function powerProportions(plan: ProportionPower): Outcome<number> {
  const { baseline, treated, perArm, alpha = DEFAULT_ALPHA, sides = 2, method = "pooled null" } = plan;
  return whenAll(
    [
      probability("alpha", alpha),
      probability("baseline", baseline),
      probability("treated", treated),
      nonZero("effect", treated - baseline),
      positive("units per arm", perArm),
    ],
    () => {
      const z = standardNormal.upperQuantile(alpha / sides);
      const size = Math.abs(treated - baseline) * Math.sqrt(perArm);
      const unpooled = Math.sqrt(baseline * (1 - baseline) + treated * (1 - treated));
      const mean = (baseline + treated) / 2;
      if (method === "pooled null") return standardNormal.cdf((size - z * Math.sqrt(2 * mean * (1 - mean))) / unpooled);
      const farTail = sides === 2 ? standardNormal.cdf(-size / unpooled - z) : 0;
      return standardNormal.cdf(size / unpooled - z) + farTail;
    },
  );
}

/** A test of two means. */
export interface MeanPower extends Level {
  readonly sd: number;
  readonly delta: number;
  readonly perArm: number;
  /** `t` (the default) is exact for normal data and counts both tails; `z` is the large-sample value of the near tail. */
  readonly method?: "t" | "z";
}

/** Probability that a 1:1 test of two means rejects. */
export function powerMeans(plan: MeanPower): Outcome<number> {
  const { sd, delta, perArm, alpha = DEFAULT_ALPHA, sides = 2, method = "t" } = plan;
  return whenAll(
    [
      probability("alpha", alpha),
      positive("sd", sd),
      nonZero("delta", delta),
      { name: "units per arm", value: perArm, holds: perArm > 1 && Number.isFinite(perArm), must: "be above 1" },
    ],
    () => {
      const shift = Math.abs(delta / sd) * Math.sqrt(perArm / 2);
      if (method === "z") return standardNormal.cdf(shift - standardNormal.upperQuantile(alpha / sides));
      return tPower(shift, 2 * perArm - 2, alpha, sides, true);
    },
  );
}

/** Rejection probability of a t test at a noncentrality, with the far tail or without (R leaves it out unless `strict`). */
export function tPower(shift: number, df: number, alpha: number, sides: 1 | 2, farTail: boolean): number {
  const bound = studentT(df).upperQuantile(alpha / sides);
  const near = noncentralTSurvival(bound, df, shift);
  return farTail && sides === 2 ? near + noncentralTSurvival(bound, df, -shift) : near;
}

/** Arms whose reach in a mean is asked for. */
export interface MeanReach extends ErrorRates {
  readonly sd: number;
  readonly control: number;
  readonly treated: number;
}

/** The smallest difference of means that arms of these sizes find with the given power: (z_a + z_b) sd sqrt(1/n1 + 1/n2). */
export function detectableMean(plan: MeanReach): Outcome<number> {
  const { sd, control, treated, alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2 } = plan;
  return whenAll(
    [
      probability("alpha", alpha),
      probability("power", power),
      positive("sd", sd),
      positive("control units", control),
      positive("treated units", treated),
    ],
    () =>
      (standardNormal.upperQuantile(alpha / sides) + standardNormal.quantile(power)) *
      sd *
      Math.sqrt(1 / control + 1 / treated),
  );
}

/** Arms whose reach in a rate is asked for. */
export interface ProportionReach extends ErrorRates {
  readonly baseline: number;
  readonly perArm: number;
  /** Which sample-size formula is turned around; `pooled null` by default. `baseline` needs no search and ignores the direction. */
  readonly method?: "pooled null" | "unpooled" | "baseline";
}

/** The smallest absolute increase of a rate that a 1:1 test of this size finds. A failure when no rate below 1 is far enough away. */
export function detectableProportion(plan: ProportionReach): Outcome<number> {
  const { baseline, perArm, alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2, method = "pooled null" } = plan;
  const zAlpha = standardNormal.upperQuantile(alpha / sides);
  const zPower = standardNormal.quantile(power);
  const missing = (treated: number): number => {
    const unpooled = Math.sqrt(baseline * (1 - baseline) + treated * (1 - treated));
    const mean = (baseline + treated) / 2;
    const underNull = method === "unpooled" ? unpooled : Math.sqrt(2 * mean * (1 - mean));
    return zAlpha * underNull + zPower * unpooled - (treated - baseline) * Math.sqrt(perArm);
  };
  return whenAll(
    [
      probability("alpha", alpha),
      probability("power", power),
      probability("baseline", baseline),
      positive("units per arm", perArm),
      {
        name: "units per arm",
        value: perArm,
        holds: method === "baseline" || missing(1) < 0,
        must: "be enough to tell the baseline from 100 %",
      },
    ],
    () => {
      if (method === "baseline") return (zAlpha + zPower) * Math.sqrt((2 * baseline * (1 - baseline)) / perArm);
      let low = baseline;
      let high = 1;
      for (let i = 0; i < 100; i++) {
        const middle = (low + high) / 2;
        if (missing(middle) > 0) low = middle;
        else high = middle;
      }
      return high - baseline;
    },
  );
}
