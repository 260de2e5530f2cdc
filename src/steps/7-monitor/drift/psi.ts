/** The population stability index of two samples, with what it would be from chance alone. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { remembering } from "../../../core/remembering.ts";
import { binByReference, binsOf } from "./bins.ts";
import { designEffect } from "./design-effect.ts";
import { type PsiNoise, psiNoiseOfCounts } from "./psi-noise.ts";

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
  /** The unit of each row, where rows of one unit are alike: the noise is that of whole units then. */
  readonly units?: {
    readonly reference: ArrayLike<number | string>;
    readonly current: ArrayLike<number | string>;
  };
}

/** PSI with the size it takes by chance when nothing has drifted. */
export interface PsiResult {
  /** In nats. */
  readonly value: number;
  /** Bins with a value in either sample. */
  readonly bins: number;
  /** Bins without a single value in one of the samples; above 0, the value depends on the empty-bin policy. */
  readonly emptyBins: number;
  readonly noise: PsiNoise;
}

const DEFAULT_POLICY: EmptyBinPolicy = { epsilon: 1e-4 };

/** A window is compared for the report and again for each alert on it, and chance costs most of that. */
const noises = remembering<PsiNoise>(64);

/** PSI of two numeric samples. Missing values (NaN) count in a bin of their own. An empty sample is a failure. */
export function psi(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: PsiOptions = {},
): Outcome<PsiResult> {
  const { bins = 10, emptyBins, units } = options;
  if (!(Number.isInteger(bins) && bins >= 2))
    return fail({ code: "bad-bins", message: `PSI needs 2 or more bins, not ${bins}`, fix: "use 10" });
  const pair = binByReference(reference, current, bins);
  const index = psiOfCounts(pair.reference, pair.current, emptyBins);
  if (!index.ok || units === undefined) return index;
  const effect = designEffect(
    { bins: binsOf(reference, pair), units: units.reference },
    { bins: binsOf(current, pair), units: units.current },
    pair.reference.length,
  );
  const { mean, percentile95 } = index.value.noise;
  return succeed({
    ...index.value,
    noise: { mean: mean * effect.mean, percentile95: percentile95 * effect.percentile95 },
  });
}

/** PSI of counts per bin or category, in the same order. Counts that are negative, not finite, sum to 0, or lie in a single bin are a failure. */
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
  let bins = 0;
  let emptyBins = 0;
  for (let i = 0; i < reference.length; i++) {
    if (reference[i] > 0 || current[i] > 0) bins++;
    if ((reference[i] === 0) !== (current[i] === 0)) emptyBins++;
  }
  if (bins < 2)
    return fail({
      code: "one-bin",
      message: "every value of both samples falls into one bin: nothing is measured",
      fix: "watch the share of one value, or a signal that varies",
    });
  const indexOf = againstReference(reference, n, policy);
  return succeed({
    value: indexOf(current, m),
    bins,
    emptyBins,
    noise: noises([...Array.from(reference), m, ...Object.entries(policy).flat()], () =>
      psiNoiseOfCounts(reference, m, (counts) => indexOf(counts, m)),
    ),
  });
}

/** PSI of counts, which add up to `total`, against the reference; what is asked of the reference alone is found once. */
function againstReference(
  reference: ArrayLike<number>,
  n: number,
  policy: EmptyBinPolicy,
): (counts: ArrayLike<number>, total: number) => number {
  const add = "pseudocount" in policy ? policy.pseudocount : 0;
  const epsilon = "epsilon" in policy ? policy.epsilon : 0;
  const expected = sharesOf(reference, n, add);
  if (!areShares(expected)) return () => Number.NaN;
  return (counts, total) => {
    const actual = sharesOf(counts, total, add);
    return areShares(actual) ? divergence(expected, actual, epsilon) : Number.NaN;
  };
}

/**
 * sum (a - e) ln(a / e) over bins, in nats: the Kullback-Leibler divergences both ways, added. A share of zero is read as
 * `epsilon`; bins empty on both sides add nothing. NaN where these are no shares of the same bins: another length, a share that is negative
 * or not finite, or a sum that is not 1 (to one in a hundred: shares may have been rounded). `psiOfCounts` takes counts.
 */
export function psiOfShares(expected: ArrayLike<number>, actual: ArrayLike<number>, epsilon = 1e-4): number {
  if (expected.length !== actual.length || ![expected, actual].every(areShares)) return Number.NaN;
  return divergence(expected, actual, epsilon);
}

function divergence(expected: ArrayLike<number>, actual: ArrayLike<number>, epsilon: number): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] === 0 && actual[i] === 0) continue;
    const e = expected[i] || epsilon;
    const a = actual[i] || epsilon;
    sum += (a - e) * Math.log(a / e);
  }
  return sum;
}

function areShares(shares: ArrayLike<number>): boolean {
  return Math.abs(totalOf(shares) - 1) <= 0.01;
}

/** The sum, or NaN where a count is negative or not finite. */
function totalOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] >= 0 && Number.isFinite(counts[i]) ? counts[i] : Number.NaN;
  return sum;
}

function sharesOf(counts: ArrayLike<number>, total: number, add: number): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let i = 0; i < shares.length; i++) shares[i] = (counts[i] + add) / (total + add * counts.length);
  return shares;
}
