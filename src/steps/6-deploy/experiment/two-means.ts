/** Comparing the means of two arms: Welch, Student and z. */

import type { Moments } from "../../5-evaluate/protocols/moments.ts";
import { type Comparison, compareEstimate } from "./comparison.ts";

/**
 * `welch` (the default) lets the variances differ, with Satterthwaite's degrees of freedom; `student` pools them, which misstates the
 * error where they differ and the arms are of unequal size; `z` is Welch with the normal law.
 */
export type MeanTest = "welch" | "student" | "z";

/** Treated minus control from the moments of both arms (variances divided by n - 1). NaN in the error below two units an arm. */
export function compareMeans(
  control: Moments,
  treated: Moments,
  { test = "welch", level = 0.95 }: { readonly test?: MeanTest; readonly level?: number } = {},
): Comparison {
  const effect = treated.mean - control.mean;
  if (test === "student") {
    const df = control.n + treated.n - 2;
    const pooled = ((control.n - 1) * control.variance + (treated.n - 1) * treated.variance) / df;
    return compareEstimate(effect, Math.sqrt(pooled * (1 / control.n + 1 / treated.n)), df, level);
  }
  const a = control.variance / control.n;
  const b = treated.variance / treated.n;
  const satterthwaite = (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (treated.n - 1));
  // Two arms without any variance have no degrees of freedom to speak of; the error is 0 either way.
  const df = test === "z" || a + b === 0 ? Number.POSITIVE_INFINITY : satterthwaite;
  return compareEstimate(effect, Math.sqrt(a + b), df, level);
}
