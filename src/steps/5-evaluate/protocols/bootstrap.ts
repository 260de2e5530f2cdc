/** Bootstrap intervals of a mean over requests, and of a paired difference, drawn by independent unit. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { studentT } from "../../../core/distribution-t.ts";
import type { Random } from "../../../core/random.ts";
import { totalsByUnit, type UnitTotals } from "./by-unit.ts";
import { drawBounds, unitsThatDiffer } from "./rare-values.ts";
import { skewedMean, skewnessOf } from "./skewed-mean.ts";

/** How to draw. `units` names the unit of each value; without it every value stands alone. */
export interface BootstrapOptions {
  readonly random: Random;
  readonly units?: ArrayLike<number | string>;
  /** Number of resamples, 2,000 by default: the ends of a 95 % interval then move by about 3 % of its width from seed to seed. */
  readonly resamples?: number;
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  /** What a value can be: [0, 1] for a hit, [-1, 1] for the difference of two. Nothing beyond it is said, and rare values get an interval. */
  readonly range?: readonly [number, number];
}

/**
 * A mean with its percentile interval (Efron 1979), widened for few units and for a long tail; by Gaffke's bounds where nearly all units have
 * one value. `n` counts units.
 */
export interface BootstrapEstimate {
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/**
 * The mean of `values` with its interval: whole units are drawn with replacement, and each resample's mean is its total over its
 * count. The interval is [NaN, NaN] below `LEAST_UNITS`, where no resample can say how far the mean may be off, and where no `range` is given
 * and fewer units than that, and fewer than half, differ from the most common value: what was not seen once may be anything.
 */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions): BootstrapEstimate {
  return fromTotals(totalsByUnit(values, options.units), options).estimate;
}

/** The mean of a - b with its interval, and the share of resamples on the far side of zero, doubled, as a p-value. */
export interface PairedBootstrap extends BootstrapEstimate {
  /** NaN where there is no interval. Never below 2 / (resamples + 1), or what few units make of it: the bootstrap cannot speak of rarer events. */
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
  const { estimate, pValue } = fromTotals(totalsByUnit(differences(a, b), options.units), options);
  return { ...estimate, pValue: pValue() };
}

/**
 * Whether so few units differ from the most common value that a mean's interval tells how much those could bring that were not seen. It then
 * narrows with the number of units and not with its root.
 */
export function restsOnFew(values: ArrayLike<number>, units?: ArrayLike<number | string>): boolean {
  const totals = totalsByUnit(values, units);
  const n = totals.totals.length;
  return n >= LEAST_UNITS && areFew(unitsThatDiffer(totals), n);
}

function areFew(differing: number, n: number): boolean {
  return differing < Math.min(ENOUGH_THAT_DIFFER, SHARE_THAT_DIFFERS * n);
}

/** The interval as a figure has it: null where none could be found. */
export function knownInterval({ interval }: BootstrapEstimate): readonly [number, number] | null {
  return interval.every(Number.isFinite) ? interval : null;
}

/** a - b, request by request. Throws when the lengths differ: the caller has paired the wrong things. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  if (a.length !== b.length) throw new Error(`paired values differ in number: ${a.length} and ${b.length}`);
  return Float64Array.from({ length: a.length }, (_, i) => a[i] - b[i]);
}

/** An estimate and the p-value of a true mean of 0, found only where it is asked for. */
interface Estimated {
  readonly estimate: BootstrapEstimate;
  readonly pValue: () => number;
}

function fromTotals(units: UnitTotals, options: BootstrapOptions): Estimated {
  const { random, resamples = 2000, level = 0.95, range } = options;
  const n = units.totals.length;
  const mean = sumOf(units.totals) / sumOf(units.counts);
  const differing = n < LEAST_UNITS ? 0 : unitsThatDiffer(units);
  if (n < LEAST_UNITS || (range === undefined && differing < Math.min(LEAST_UNITS, n / 2)))
    return { estimate: { mean, interval: [Number.NaN, Number.NaN], n }, pValue: () => Number.NaN };
  if (range !== undefined && areFew(differing, n)) {
    const { low, high } = drawBounds(units, range, random, resamples);
    const tail = (1 - level) / 2;
    const pValue = (): number => Math.min(1, 2 * shareBeyondZero(low, high));
    return { estimate: { mean, interval: [quantileOf(low, tail), quantileOf(high, 1 - tail)], n }, pValue };
  }
  const means = resampledMeans(units, random, resamples).sort();
  const pulls = pullsOf(units, mean);
  const isSkewed = n < Math.max(MANY_UNITS, UNITS_OF_SKEWNESS * skewnessOf(pulls) ** 2);
  const skewed = isSkewed ? skewedMean(pulls, mean, level) : undefined;
  const [low, high] = resampledInterval(means, n, level);
  const [least, most] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const interval = [
    Math.max(least, Math.min(low, skewed?.interval[0] ?? low)),
    Math.min(most, Math.max(high, skewed?.interval[1] ?? high)),
  ] as const;
  const pValue = (): number =>
    Math.min(1, Math.max(2 * tailFromResamples(shareBeyondZero(means, means), n), skewed?.pValue ?? 0));
  return { estimate: { mean, interval, n }, pValue };
}

/** The smaller of two shares: of draws of the lower bound at or below zero, and of those of the upper one at or above it. */
function shareBeyondZero(low: Float64Array, high: Float64Array): number {
  const below = low.reduce((count, value) => (value <= 0 ? count + 1 : count), 1);
  const above = high.reduce((count, value) => (value >= 0 ? count + 1 : count), 1);
  return Math.min(below, above) / (low.length + 1);
}

/** How far each unit pulls the mean of all away from `mean`: its total over the mean count, less its share of the mean. */
function pullsOf({ totals, counts }: UnitTotals, mean: number): Float64Array {
  const count = sumOf(counts) / counts.length;
  return totals.map((total, i) => (total - mean * counts[i]) / count);
}

/**
 * Fewest units of which an interval is given. With two units the percentile interval rejects a true null in half of all cases, with five in
 * one of six; from ten on the widened one holds its level within a point and a half, also where one side has a tail as long as the
 * exponential law's; a tail of the lognormal law with sigma 1 costs up to three points below 50 units,
 * 1 / rank of nearly all units up to five at 10.
 */
export const LEAST_UNITS = 10;
/** Fewest units apart from the most common value of which resamples tell what such units bring, also where 1 / rank is long-tailed. */
const ENOUGH_THAT_DIFFER = 20;
/** Where more of the units differ, few as they are, resamples see enough of their law. */
const SHARE_THAT_DIFFERS = 0.7;
/** Units for each squared unit of skewness from which on percentiles cover a mean without a correction. */
const UNITS_OF_SKEWNESS = 100;
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
  if (n >= MANY_UNITS) return share;
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
