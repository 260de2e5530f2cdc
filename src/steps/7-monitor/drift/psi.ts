/** The population stability index of two samples, with what it would be from chance alone. */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { binByReference } from "./bins.ts";

/**
 * What stands in for an empty bin, whose logarithm does not exist. `epsilon` replaces a share of zero (nothing is renormalised),
 * 1e-4 by default: the value is dominated by it. `pseudocount` adds that many to every bin of both samples.
 */
export type EmptyBinPolicy = { readonly epsilon: number } | { readonly pseudocount: number };

/** How values are binned, and what stands in for an empty bin. */
export interface PsiOptions {
  /** Number of bins, 10 by default; cut at the reference's quantiles. */
  readonly bins?: number;
  readonly emptyBins?: EmptyBinPolicy;
}

/** PSI with the size it takes by chance when nothing has drifted. */
export interface PsiResult {
  /** In nats. */
  readonly value: number;
  readonly bins: number;
  /** Bins without a single value in one of the samples; above 0, the value depends on the empty-bin policy. */
  readonly emptyBins: number;
  readonly noise: PsiNoise;
}

/** The law of PSI without drift. */
export interface PsiNoise {
  readonly mean: number;
  /** Passed by chance one time in twenty. */
  readonly percentile95: number;
}

const DEFAULT_POLICY: EmptyBinPolicy = { epsilon: 1e-4 };

/** PSI of two numeric samples. Missing values (NaN) count in a bin of their own. An empty sample is a failure. */
export function psi(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: PsiOptions = {},
): Outcome<PsiResult> {
  const { bins = 10, emptyBins } = options;
  if (!(Number.isInteger(bins) && bins >= 2))
    return fail({ code: "bad-bins", message: `PSI needs 2 or more bins, not ${bins}`, fix: "use 10" });
  const pair = binByReference(reference, current, bins);
  return psiOfCounts(pair.reference, pair.current, emptyBins);
}

/** PSI of counts per bin or category, in the same order. Counts that are negative, not finite or sum to 0 are a failure. */
export function psiOfCounts(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  policy: EmptyBinPolicy = DEFAULT_POLICY,
): Outcome<PsiResult> {
  const n = totalOf(reference);
  const m = totalOf(current);
  if (reference.length !== current.length || reference.length === 0)
    return fail({
      code: "bad-bins",
      message: `PSI needs the same bins twice, not ${reference.length} and ${current.length}`,
    });
  if (!(n > 0 && m > 0))
    return fail({
      code: "empty-sample",
      message: `PSI of ${n > 0 ? "an empty or broken current" : "an empty or broken reference"} sample does not exist`,
      fix: "check the window: were any rows read, and are all counts finite and not negative?",
    });
  const add = "pseudocount" in policy ? policy.pseudocount : 0;
  const expected = sharesOf(reference, n, add);
  const actual = sharesOf(current, m, add);
  let emptyBins = 0;
  for (let i = 0; i < reference.length; i++) if ((reference[i] === 0) !== (current[i] === 0)) emptyBins++;
  const value = psiOfShares(expected, actual, "epsilon" in policy ? policy.epsilon : 0);
  return succeed({ value, bins: reference.length, emptyBins, noise: psiNoise(reference.length, n, m) });
}

/**
 * sum (a - e) ln(a / e) over bins, in nats: the Kullback-Leibler divergences both ways, added. A share of zero is read as
 * `epsilon`; bins empty on both sides add nothing.
 */
export function psiOfShares(expected: ArrayLike<number>, actual: ArrayLike<number>, epsilon = 1e-4): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] === 0 && actual[i] === 0) continue;
    const e = expected[i] || epsilon;
    const a = actual[i] || epsilon;
    sum += (a - e) * Math.log(a / e);
  }
  return sum;
}

/**
 * Without drift PSI is about (1/n + 1/m) times chi-square with bins - 1 degrees of freedom (Yurdakul and Naranjo 2020), so the
 * usual marks of 0.1 and 0.25 mean nothing until n and m are known.
 */
export function psiNoise(bins: number, n: number, m: number): PsiNoise {
  const scale = 1 / n + 1 / m;
  return { mean: (bins - 1) * scale, percentile95: chiSquare(bins - 1).upperQuantile(0.05) * scale };
}

/** The sum, or NaN where a count is negative or not finite. */
function totalOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] >= 0 && Number.isFinite(counts[i]) ? counts[i] : Number.NaN;
  return sum;
}

function sharesOf(counts: ArrayLike<number>, total: number, add: number): Float64Array {
  return Float64Array.from({ length: counts.length }, (_, i) => (counts[i] + add) / (total + add * counts.length));
}
