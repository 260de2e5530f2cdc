/** Chooses where a numeric feature is cut into bins: the candidate thresholds of the trees. */

import { sortFloats } from "../../../core/sort-floats.ts";

/**
 * How cuts are spread over the values.
 * - `equal-count`: as many rows in each bin; a value with more rows than that has a bin of its own. Right for most features.
 * - `tails`: half of the cuts at equal counts, half at ranks that grow geometrically from both ends (1, 2, 4, … rows), so that the
 *   rarest values keep thresholds of their own. Right where the signal lies in the extremes, as in fraud.
 */
export type Binning = "equal-count" | "tails";

/**
 * Ascending cuts, at most `maxBins - 1` of them, each strictly between two neighbouring distinct values: `value <= cut` is the
 * lower side. Where there are no more than `maxBins` distinct values there is a cut between every two: exact splits. `values` holds no
 * NaN; infinities are the outermost values.
 */
export function chooseCuts(values: Float64Array, maxBins: number, binning: Binning): Float64Array {
  const { distinct, below } = countDistinct(sortFloats(values));
  if (distinct.length <= 1) return new Float64Array(0);
  const lastOfBin = pickBinEnds(below, distinct.length, maxBins, binning);
  return Float64Array.from(lastOfBin, (index) => between(distinct[index], distinct[index + 1]));
}

/** Distinct sorted values, and for each index the number of values before it; one entry more than there are values. */
function countDistinct(sorted: Float64Array): { distinct: Float64Array; below: Uint32Array } {
  const distinct = new Float64Array(sorted.length);
  const below = new Uint32Array(sorted.length + 1);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    distinct[count] = sorted[i];
    below[count] = i;
    count++;
  }
  below[count] = sorted.length;
  return { distinct: distinct.subarray(0, count), below: below.subarray(0, count + 1) };
}

/** Indexes of the distinct values that close a bin, ascending, the last value excluded. */
function pickBinEnds(below: Uint32Array, distinct: number, maxBins: number, binning: Binning): number[] {
  if (distinct <= maxBins) return Array.from({ length: distinct - 1 }, (_, index) => index);
  if (binning === "equal-count") return equalCountEnds(below, distinct, maxBins);
  const ends = new Set(equalCountEnds(below, distinct, maxBins >> 1));
  for (const end of tailEnds(below, distinct, maxBins >> 2)) ends.add(end);
  return [...ends].sort((a, b) => a - b);
}

/** Closes a bin when it holds its share of the rows that are left, or when the next value alone would fill a bin. */
function equalCountEnds(below: Uint32Array, distinct: number, maxBins: number): number[] {
  const ends: number[] = [];
  const rows = below[distinct];
  const heavy = rows / maxBins;
  let start = 0;
  for (let index = 0; index < distinct - 1 && ends.length < maxBins - 1; index++) {
    const share = (rows - below[start]) / (maxBins - ends.length);
    const held = below[index + 1] - below[start];
    const next = below[index + 2] - below[index + 1];
    if (held >= share || (next >= heavy && held >= share / 2)) {
      ends.push(index);
      start = index + 1;
    }
  }
  return ends;
}

/** For each end of the values, `each` cuts at ranks growing from one row to the width of an equal-count bin. */
function tailEnds(below: Uint32Array, distinct: number, each: number): number[] {
  const rows = below[distinct];
  const widest = rows / (2 * each);
  const ends: number[] = [];
  let lower = 0;
  let upper = distinct - 2;
  for (let k = 0; k < each; k++) {
    const rank = widest ** (k / Math.max(1, each - 1));
    while (lower < distinct - 2 && below[lower + 1] < rank) lower++;
    while (upper > 0 && rows - below[upper + 1] < rank) upper--;
    ends.push(lower, upper);
    if (lower < distinct - 2) lower++;
    if (upper > 0) upper--;
  }
  return ends;
}

/** A number t with a <= t < b, halfway where there is a half, and finite where a finite one lies between. */
function between(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b > -Number.MAX_VALUE ? -Number.MAX_VALUE : a;
  if (b === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  const middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}
