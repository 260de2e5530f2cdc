/** Guardrails: whether a metric is shown not to be worse by more than its margin. */

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
  /**
   * Units that the smaller arm needs before a bound of a mean this skewed holds; present only where it has fewer. The verdict is `open` then,
   * and the bound and the p-value are not to be believed.
   */
  readonly unitsWanted?: number;
}

/**
 * The one-sided test of harm >= `margin` (in the metric's unit, above 0) at `alpha`, 0.05 by default: a guardrail spends its alpha on one
 * side, so the bounds are the ends of the two-sided interval at level 1 - 2 alpha. They come from the comparison's own interval, Newcombe's
 * for rates: an arm without a single event is no proof that there are none (0 of 20 against 0 of 20 leaves 11.9 % open), and the
 * p-value is the alpha at which the bound meets the margin. "Not significantly worse" alone says nothing: a small sample never is. A
 * comparison without any error, of arms whose units are all alike, leaves everything open: its bound does not exist (NaN).
 *
 * Where that interval would settle the matter of a rate, the exact one has to agree, and speaks instead: Newcombe's covers on average over
 * rates, but at 20 units and a rate of some percent it calls harm beyond the margin excluded in 8 cases of 100.
 */
export function checkGuardrail(
  compareAt: (level: number) => Comparison,
  margin: number,
  harmful: "increase" | "decrease",
  alpha = 0.05,
): GuardrailResult {
  // Harm above this is excluded at one-sided `error`; above one half the bound lies on the other side of the estimate.
  const boundOf =
    (intervalOf: (one: Comparison) => readonly [number, number]) =>
    (error: number): number => {
      const [low, high] = intervalOf(compareAt(Math.abs(1 - 2 * error)));
      const isBeyond = error > 0.5;
      return harmful === "increase" ? (isBeyond ? low : high) : -(isBeyond ? high : low);
    };
  const { effect, interval } = compareAt(1 - alpha);
  const harm = harmful === "increase" ? effect : -effect;
  // Units that are all alike have shown nothing of what others would do: without an error there is no bound.
  if (interval[0] === interval[1])
    return {
      ...{ verdict: "open", harm, harmAtMost: Number.NaN, pValue: Number.NaN, worse: false },
      unitsWanted: Number.POSITIVE_INFINITY,
    };
  const own = boundOf(({ interval }) => interval);
  const exact = boundOf(({ interval, exactInterval }) => exactInterval ?? interval);
  const bound = own(alpha) < margin ? exact : own;
  const most = bound(alpha);
  const least = Math.min(own(1 - alpha), exact(1 - alpha));
  return {
    verdict: most < margin ? "protected" : least > margin ? "harmed" : "open",
    harm,
    harmAtMost: most,
    pValue: errorAtBound(bound, margin),
    worse: least > 0,
  };
}

/** The error at which the bound, which falls as the error grows, meets the margin: by halving, on a log scale in the tails. */
function errorAtBound(harmAtMost: (error: number) => number, margin: number): number {
  const isSmall = harmAtMost(0.5) < margin;
  const errorAt = (log: number): number => (isSmall ? Math.exp(log) : -Math.expm1(log));
  let low = Math.log(1e-15);
  let high = Math.log(0.5);
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (harmAtMost(errorAt(middle)) > margin === isSmall) low = middle;
    else high = middle;
  }
  return errorAt(high);
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
