/** How many units a test of two proportions needs, by each of the formulas that calculators use. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import type { Outcome } from "../../../core/outcome.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  errorRateRequirements,
  nonZero,
  oneOfNames,
  positive,
  probability,
  whenAll,
} from "./plan-input.ts";

/**
 * Which variance stands under the test and under the alternative. They differ by about 5 % for the same question.
 * - `pooled null` (the default): pooled under the null, unpooled under the alternative; R's power.prop.test, Fleiss without correction.
 * - `unpooled`: unpooled in both.
 * - `average`: the variance at the mean proportion in both.
 * - `baseline`: the baseline's variance in both; blind to the direction of the effect.
 * - `baseline null`: the baseline's under the null, unpooled under the alternative.
 * - `arcsine`: Cohen's h; `arcsine both tails` also counts rejections in the wrong direction (statsmodels' NormalIndPower).
 * - `continuity corrected`: `pooled null` with Fleiss's correction.
 * - `rule of 16`: 16 p q / d^2; made for alpha 0.05 and power 0.8, and refuses others.
 */
export type ProportionMethod = (typeof PROPORTION_METHODS)[number];

/** The formulas by name, the default first. */
export const PROPORTION_METHODS = [
  "pooled null",
  "unpooled",
  "average",
  "baseline",
  "baseline null",
  "arcsine",
  "arcsine both tails",
  "continuity corrected",
  "rule of 16",
] as const;

/** The test to be sized. */
export interface ProportionPlan extends ErrorRates {
  /** Rate of the control arm, within (0, 1). */
  readonly baseline: number;
  /** Rate of the treated arm, within (0, 1) and different. */
  readonly treated: number;
  readonly method?: ProportionMethod;
}

/** Units per arm of a 1:1 test, before rounding up. */
export function sampleSizeProportions(plan: ProportionPlan): Outcome<number> {
  const { baseline, treated, method = "pooled null", alpha = DEFAULT_ALPHA, power = DEFAULT_POWER, sides = 2 } = plan;
  const isRule = method === "rule of 16";
  return whenAll(
    [
      oneOfNames("method", method, PROPORTION_METHODS),
      ...errorRateRequirements(plan),
      ...proportionRequirements(baseline, treated),
      {
        name: "alpha",
        value: alpha,
        holds: !isRule || (alpha === 0.05 && sides === 2),
        must: "be 0.05 for the rule of 16",
      },
      { name: "power", value: power, holds: !isRule || power === 0.8, must: "be 0.8 for the rule of 16" },
    ],
    () => {
      // A one-sided test has one tail, and never rejects in the wrong direction.
      const formula = sides === 1 && method === "arcsine both tails" ? "arcsine" : method;
      const [zAlpha, zPower] = [standardNormal.upperQuantile(alpha / sides), standardNormal.quantile(power)];
      return perArm(formula, baseline, treated, zAlpha, zPower);
    },
  );
}

/** Units of arms whose sizes stand 1 to `ratio`, by the unpooled formula or by Cohen's h, (1 + 1/r) (z/h)^2 in the control. */
export function unequalSampleSizeProportions(
  plan: ErrorRates & {
    readonly baseline: number;
    readonly treated: number;
    readonly ratio: number;
    readonly method?: "unpooled" | "arcsine";
  },
): Outcome<{ readonly control: number; readonly treated: number }> {
  const {
    baseline,
    treated,
    ratio,
    alpha = DEFAULT_ALPHA,
    power = DEFAULT_POWER,
    sides = 2,
    method = "unpooled",
  } = plan;
  return whenAll(
    [
      oneOfNames("method", method, ["unpooled", "arcsine"]),
      ...errorRateRequirements(plan),
      ...proportionRequirements(baseline, treated),
      positive("ratio", ratio),
    ],
    () => {
      const z = standardNormal.upperQuantile(alpha / sides) + standardNormal.quantile(power);
      const control =
        method === "arcsine"
          ? (1 + 1 / ratio) * (z / cohenH(baseline, treated)) ** 2
          : (z * z * (varianceOf(baseline) + varianceOf(treated) / ratio)) / (treated - baseline) ** 2;
      return { control, treated: control * ratio };
    },
  );
}

function proportionRequirements(baseline: number, treated: number) {
  return [probability("baseline", baseline), probability("treated", treated), nonZero("effect", treated - baseline)];
}

function varianceOf(p: number): number {
  return p * (1 - p);
}

function perArm(method: ProportionMethod, p1: number, p2: number, zAlpha: number, zPower: number): number {
  const square = (p2 - p1) ** 2;
  const unpooled = varianceOf(p1) + varianceOf(p2);
  const average = 2 * varianceOf((p1 + p2) / 2);
  const z = zAlpha + zPower;
  const mixed = (underNull: number): number =>
    (zAlpha * Math.sqrt(underNull) + zPower * Math.sqrt(unpooled)) ** 2 / square;
  switch (method) {
    case "pooled null":
      return mixed(average);
    case "unpooled":
      return (z * z * unpooled) / square;
    case "average":
      return (z * z * average) / square;
    case "baseline":
      return (z * z * 2 * varianceOf(p1)) / square;
    case "baseline null":
      return mixed(2 * varianceOf(p1));
    case "arcsine":
      return 2 * (z / cohenH(p1, p2)) ** 2;
    case "arcsine both tails":
      return bothTails(Math.abs(cohenH(p1, p2)), zAlpha, standardNormal.cdf(zPower));
    case "continuity corrected": {
      const n = mixed(average);
      return (n / 4) * (1 + Math.sqrt(1 + 4 / (n * Math.abs(p2 - p1)))) ** 2;
    }
    case "rule of 16":
      return (16 * varianceOf(p1)) / square;
  }
}

/** Cohen's effect size of two proportions, 2 asin sqrt p2 - 2 asin sqrt p1. */
function cohenH(p1: number, p2: number): number {
  return 2 * Math.asin(Math.sqrt(p2)) - 2 * Math.asin(Math.sqrt(p1));
}

/** The n at which Phi(h sqrt(n/2) - z) + Phi(-h sqrt(n/2) - z) reaches the power, by halving. */
function bothTails(h: number, z: number, power: number): number {
  let low = 0;
  let high = 2 * ((z + standardNormal.quantile(power) + 1) / h) ** 2 + 2;
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    const shift = h * Math.sqrt(middle / 2);
    if (standardNormal.cdf(shift - z) + standardNormal.cdf(-shift - z) < power) low = middle;
    else high = middle;
  }
  return high;
}
