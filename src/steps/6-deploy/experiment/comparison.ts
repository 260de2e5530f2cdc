/** The result of comparing a treated arm with a control: effect, error, test and interval, whatever the metric. */

import { standardNormal, twoSidedNormal } from "../../../core/distribution-normal.ts";
import { studentT, twoSidedT } from "../../../core/distribution-t.ts";

/** Effect, error, test and interval. */
export interface Comparison {
  /** Treated minus control. */
  readonly effect: number;
  readonly standardError: number;
  /** Effect over standard error under the null: z where `df` is Infinity, t otherwise. */
  readonly statistic: number;
  readonly df: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Two-sided interval of the effect at `level`. */
  readonly interval: readonly [number, number];
  /** For rates, a wider one that covers at every pair of rates, not only on average over them: what a guardrail must hold too. */
  readonly exactInterval?: readonly [number, number];
  readonly level: number;
}

/**
 * The comparison of an estimate with its standard error, by the t law with `df` degrees (Infinity: the normal law). Where the error
 * is 0 the p-value is 1 without an effect and 0 with one.
 */
export function compareEstimate(effect: number, standardError: number, df: number, level: number): Comparison {
  const statistic = effect === 0 ? 0 : effect / standardError;
  const tail = (1 - level) / 2;
  const normal = df === Number.POSITIVE_INFINITY;
  const reach = (normal ? standardNormal.upperQuantile(tail) : studentT(df).upperQuantile(tail)) * standardError;
  return {
    effect,
    standardError,
    statistic,
    df,
    pValue: normal ? twoSidedNormal(statistic) : twoSidedT(statistic, df),
    interval: [effect - reach, effect + reach],
    level,
  };
}
