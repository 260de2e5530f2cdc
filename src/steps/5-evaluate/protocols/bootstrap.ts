/** Bootstrap intervals of a mean over requests, and of a paired difference, drawn by independent unit. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { studentT } from "../../../core/distribution-t.ts";
import type { Random } from "../../../core/random.ts";
import { totalsByUnit, type UnitTotals } from "./by-unit.ts";
import { type SkewedMean, skewedMean } from "./skewed-mean.ts";

/** How to draw. `units` names the unit of each value; without it every value stands alone. */
export interface BootstrapOptions {
  readonly random: Random;
  readonly units?: ArrayLike<number | string>;
  /** Number of resamples, 2,000 by default: the ends of a 95 % interval then move by about 3 % of its width from seed to seed. */
  readonly resamples?: number;
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
}

/** A mean with its percentile interval (Efron 1979), widened for few units and for a long tail among few. `n` counts units. */
export interface BootstrapEstimate {
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/**
 * The mean of `values` with its interval: whole units are drawn with replacement, and each resample's mean is its total over its
 * count. The interval is [NaN, NaN] below `LEAST_UNITS`, where no resample can say how far the mean may be off.
 */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions): BootstrapEstimate {
  return fromTotals(totalsByUnit(values, options.units), options).estimate;
}

/** The mean of a - b with its interval, and the share of resamples on the far side of zero, doubled, as a p-value. */
export interface PairedBootstrap extends BootstrapEstimate {
  /** NaN below `LEAST_UNITS`. Never below 2 / (resamples + 1), or what few units make of it: the bootstrap cannot speak of rarer events. */
  readonly pValue: number;
}

/**
 * The paired difference of two models on the same requests: `a[i]` and `b[i]` are the same request's values. Units are drawn as in
 * `bootstrapMean`, so a member's requests go together.
 */
export function pairedBootstrap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: BootstrapOptions,
): PairedBootstrap {
  const { estimate, means, skewed } = fromTotals(totalsByUnit(differences(a, b), options.units), options);
  let below = 0;
  let above = 0;
  for (const mean of means) {
    if (mean <= 0) below++;
    if (mean >= 0) above++;
  }
  const share = (Math.min(below, above) + 1) / (means.length + 1);
  const pValue = Math.min(1, Math.max(2 * tailFromResamples(share, estimate.n), skewed?.pValue ?? 0));
  return { ...estimate, pValue: estimate.n < LEAST_UNITS ? Number.NaN : pValue };
}

/** a - b, request by request. Throws when the lengths differ: the caller has paired the wrong things. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  if (a.length !== b.length) throw new Error(`paired values differ in number: ${a.length} and ${b.length}`);
  return Float64Array.from({ length: a.length }, (_, i) => a[i] - b[i]);
}

function fromTotals(
  units: UnitTotals,
  { random, resamples = 2000, level = 0.95 }: BootstrapOptions,
): { estimate: BootstrapEstimate; means: Float64Array; skewed: SkewedMean | undefined } {
  const n = units.totals.length;
  const mean = sumOf(units.totals) / sumOf(units.counts);
  if (n < LEAST_UNITS) {
    const interval = [Number.NaN, Number.NaN] as const;
    return { estimate: { mean, interval, n }, means: new Float64Array(0), skewed: undefined };
  }
  const means = resampledMeans(units, random, resamples).sort();
  const [low, high] = resampledInterval(means, n, level);
  const skewed = n < MANY_UNITS ? skewedMean(pullsOf(units, mean), mean, level) : undefined;
  const interval = [Math.min(low, skewed?.interval[0] ?? low), Math.max(high, skewed?.interval[1] ?? high)] as const;
  return { estimate: { mean, interval, n }, means, skewed };
}

/** How far each unit pulls the mean of all away from `mean`: its total over the mean count, less its share of the mean. */
function pullsOf({ totals, counts }: UnitTotals, mean: number): Float64Array {
  const count = sumOf(counts) / counts.length;
  return totals.map((total, i) => (total - mean * counts[i]) / count);
}

/**
 * Fewest units of which an interval is given. With two units the percentile interval rejects a true null in half of all cases, with five in
 * one of six; from ten on the widened one holds its level within a point and a half, also where one side has a tail as long as the
 * exponential law's; a tail of the lognormal law with sigma 1 costs up to three points below 50 units.
 */
export const LEAST_UNITS = 10;
/** From this many units on the widening is less than the interval moves from seed to seed. */
const MANY_UNITS = 100;

/** The two-sided interval of sorted `resamples` of something that rests on `n` units, as wide as so few units ask. */
export function resampledInterval(resamples: ArrayLike<number>, n: number, level = 0.95): readonly [number, number] {
  const tail = resampleTail((1 - level) / 2, n);
  return [quantileOf(resamples, tail), quantileOf(resamples, 1 - tail)];
}

/**
 * The tail to cut off the resamples so that the interval is as wide as Student's: resampled means spread by sqrt((n - 1) / n) too little,
 * and the normal law stands where the t law is due (Hesterberg 2015, the expanded percentile interval).
 */
function resampleTail(tail: number, n: number): number {
  if (n >= MANY_UNITS) return tail;
  return standardNormal.cdf(-studentT(n - 1).upperQuantile(tail) * Math.sqrt(n / (n - 1)));
}

/** The other way round: the tail of Student's law behind a share of the resamples. */
function tailFromResamples(share: number, n: number): number {
  if (n >= MANY_UNITS || share >= 0.5) return share;
  return studentT(n - 1).survival(standardNormal.upperQuantile(share) * Math.sqrt((n - 1) / n));
}

function resampledMeans({ totals, counts }: UnitTotals, random: Random, resamples: number): Float64Array {
  const n = totals.length;
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let total = 0;
    let count = 0;
    for (let i = 0; i < n; i++) {
      const unit = random.below(n);
      total += totals[unit];
      count += counts[unit];
    }
    means[r] = total / count;
  }
  return means;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and NumPy). NaN when empty. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted.length === 0 ? Number.NaN : sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
