/** The two-sample Kolmogorov-Smirnov test, with the p-value's method named because references differ. */

import {
  kolmogorovFiniteSurvival,
  kolmogorovSurvival,
  kolmogorovUpperQuantile,
} from "../../../core/distribution-kolmogorov.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { sortFloats } from "../../../core/sort-floats.ts";

/**
 * `exact` counts the orders of the pooled sample, ties respected; `limit` is Kolmogorov's limit law (R's asymptotic p-value);
 * `finite` is the one-sample law at the rounded effective size nm/(n+m) (SciPy's "asymp").
 */
export type KsMethod = "exact" | "limit" | "finite";

/** The test, with the method of its p-value. */
export interface KsResult {
  /** The largest gap between the two empirical distribution functions. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: KsMethod;
  readonly n: number;
  readonly m: number;
}

/** Up to this many cells (n times m) the exact p-value is the default; it takes about 10 ms. */
const EXACT_CELLS = 1_000_000;

/** The test of two samples. Empty samples and NaN are failures: drop missing values first, and watch their share on its own. */
export function ksTest(a: ArrayLike<number>, b: ArrayLike<number>, method?: KsMethod): Outcome<KsResult> {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0)
    return fail({ code: "empty-sample", message: "Kolmogorov-Smirnov needs two samples with values" });
  if (hasNaN(a) || hasNaN(b))
    return fail({
      code: "not-a-number",
      message: "a sample holds NaN",
      fix: "drop missing values and watch their share apart",
    });
  const x = sortFloats(a);
  const y = sortFloats(b);
  const statistic = ksStatisticOfSorted(x, y);
  const chosen = method ?? (n * m <= EXACT_CELLS ? "exact" : "limit");
  return succeed({ statistic, pValue: pValueOf(chosen, statistic, x, y), method: chosen, n, m });
}

/** The statistic above which the limit law gives a p-value below `alpha`: c(alpha) sqrt((n + m) / (n m)). */
export function ksCritical(alpha: number, n: number, m: number): number {
  return kolmogorovUpperQuantile(alpha) * Math.sqrt((n + m) / (n * m));
}

function hasNaN(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function ksStatisticOfSorted(x: Float64Array, y: Float64Array): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i], y[j]);
    while (i < x.length && x[i] === value) i++;
    while (j < y.length && y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

function pValueOf(method: KsMethod, d: number, x: Float64Array, y: Float64Array): number {
  const effective = (x.length * y.length) / (x.length + y.length);
  switch (method) {
    case "exact":
      return exactPValue(d, x, y);
    case "limit":
      return kolmogorovSurvival(d * Math.sqrt(effective));
    case "finite":
      return kolmogorovFiniteSurvival(d, Math.max(1, roundHalfEven(effective)));
  }
}

/** As NumPy rounds. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * P(D >= d) over all equally likely orders of the pooled sample: a path over the n by m grid, whose last step into (i, j) comes from
 * (i - 1, j) with probability i / (i + j). Hits are added up directly, so small p-values keep their digits. The gap is looked at
 * only between distinct pooled values (Schröer and Trenkler 1995).
 */
function exactPValue(d: number, x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const m = y.length;
  const ends = tieEnds(x, y);
  // The gap in units of 1/(nm) is a whole number; half a unit of slack absorbs rounding.
  const limit = Math.round(d * n * m) - 0.5;
  const hit = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const outside = ends[i + j] === 1 && Math.abs(i * m - j * n) > limit;
      if (outside) hit[j] = 1;
      else if (i + j === 0) hit[j] = 0;
      else hit[j] = (i * (i > 0 ? hit[j] : 0) + j * (j > 0 ? hit[j - 1] : 0)) / (i + j);
    }
  }
  return Math.min(1, hit[m]);
}

/** For each number of pooled values taken, whether the next one is different: 1 at 0 and at the end of every run of ties. */
function tieEnds(x: Float64Array, y: Float64Array): Uint8Array {
  const pooled = new Float64Array(x.length + y.length);
  pooled.set(x);
  pooled.set(y, x.length);
  pooled.sort();
  const ends = new Uint8Array(pooled.length + 1).fill(1);
  for (let i = 1; i < pooled.length; i++) ends[i] = pooled[i] === pooled[i - 1] ? 0 : 1;
  return ends;
}
