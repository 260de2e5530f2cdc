/** The paired t test of two models on the same requests, with requests added up by unit. */

import { studentT, twoSidedT } from "../../../core/distribution-t.ts";
import { differences } from "./bootstrap.ts";
import { totalsByUnit } from "./by-unit.ts";

/** The mean difference a - b, its t interval and two-sided p-value. `n` counts units. */
export interface PairedTest {
  readonly mean: number;
  readonly standardError: number;
  readonly t: number;
  readonly df: number;
  readonly pValue: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/**
 * With one request per unit this is Student's paired test. With several it is the cluster-robust test of the mean over requests:
 * the variance of a ratio of unit totals by the delta method, with n - 1 degrees of freedom (Deng, Knoblich, Lu 2018).
 * All fields but `mean` and `n` are NaN below two units; `t` is NaN and the p-value 1 when no unit differs.
 */
export function pairedTTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { readonly units?: ArrayLike<number | string>; readonly level?: number } = {},
): PairedTest {
  const { units, level = 0.95 } = options;
  const { totals, counts } = totalsByUnit(differences(a, b), units);
  const n = totals.length;
  const total = totals.reduce((sum, value) => sum + value, 0);
  const count = counts.reduce((sum, value) => sum + value, 0);
  const mean = total / count;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (totals[i] - mean * counts[i]) ** 2;
  const standardError = n < 2 ? Number.NaN : Math.sqrt((squares * n) / (n - 1)) / count;
  const df = n - 1;
  const t = standardError === 0 && mean === 0 ? Number.NaN : mean / standardError;
  const reach = n < 2 ? Number.NaN : studentT(df).upperQuantile((1 - level) / 2) * standardError;
  const pValue = n < 2 ? Number.NaN : Number.isNaN(t) ? 1 : twoSidedT(t, df);
  return { mean, standardError, t, df, pValue, interval: [mean - reach, mean + reach], n };
}
