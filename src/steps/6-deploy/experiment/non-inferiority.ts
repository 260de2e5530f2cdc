/** Guardrails: whether a metric is shown not to be worse by more than its margin. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { studentT } from "../../../core/distribution-t.ts";
import type { Outcome } from "../../../core/outcome.ts";
import type { Comparison } from "./comparison.ts";
import { DEFAULT_POWER, type ErrorRates } from "./plan-input.ts";
import { sampleSizeMeans } from "./sample-size-means.ts";

/** `protected`: harm above the margin is excluded. `harmed`: harm above the margin is shown. `open`: the data allow both. */
export type GuardrailVerdict = "protected" | "harmed" | "open";

/** What the data say of the harm. */
export interface GuardrailResult {
  readonly verdict: GuardrailVerdict;
  /** Effect in the harmful direction; negative is an improvement. */
  readonly harm: number;
  /** One-sided bound: harm above this is excluded at level 1 - alpha. */
  readonly harmAtMost: number;
  /** One-sided p-value of "harm is at least the margin". */
  readonly pValue: number;
  /** Whether the metric is significantly worse than before, margin or not (one-sided). */
  readonly worse: boolean;
}

/**
 * The one-sided test of harm >= `margin` (in the metric's unit, above 0) at `alpha`, 0.05 by default: a guardrail spends its alpha on one
 * side, so the bound uses z at 1 - alpha, not at 1 - alpha/2. "Not significantly worse" alone says nothing: a small sample never is.
 */
export function checkGuardrail(
  comparison: Comparison,
  margin: number,
  harmful: "increase" | "decrease",
  alpha = 0.05,
): GuardrailResult {
  const harm = harmful === "increase" ? comparison.effect : -comparison.effect;
  const law = comparison.df === Number.POSITIVE_INFINITY ? standardNormal : studentT(comparison.df);
  const reach = law.upperQuantile(alpha) * comparison.standardError;
  const pValue =
    comparison.standardError > 0 ? law.cdf((harm - margin) / comparison.standardError) : harm < margin ? 0 : 1;
  const verdict = harm + reach < margin ? "protected" : harm - reach > margin ? "harmed" : "open";
  return { verdict, harm, harmAtMost: harm + reach, pValue, worse: harm - reach > 0 };
}

/** The guardrail to be protected. */
export interface GuardrailPlan extends Omit<ErrorRates, "sides"> {
  /** Standard deviation per unit; sqrt(p (1 - p)) for a rate p. */
  readonly sd: number;
  /** Harm that would be too much, in the metric's unit; above 0. */
  readonly margin: number;
}

/**
 * Units per arm, before rounding up, that protect a guardrail with the given power when nothing really changes: the sample size of a
 * one-sided test of the margin. A test is as large as its hardest guardrail asks.
 */
export function guardrailSampleSize({
  sd,
  margin,
  alpha = 0.05,
  power = DEFAULT_POWER,
}: GuardrailPlan): Outcome<number> {
  return sampleSizeMeans({ sd, delta: margin, alpha, power, sides: 1 });
}
