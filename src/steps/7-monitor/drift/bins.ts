/** Bins for drift measures: edges at the reference's quantiles, and a bin of their own for missing values. */

import { sortFloats } from "../../../core/sort-floats.ts";

/** Counts of a reference and a current sample in the same bins. */
export interface BinnedPair {
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** Upper edges of all bins but the last: bin i holds edges[i-1] < x <= edges[i]. */
  readonly edges: Float64Array;
  /** Whether the last bin counts missing values (NaN), which are a kind of drift of their own. */
  readonly missingBin: boolean;
}

/**
 * Both samples counted in about `bins` bins cut at the reference's quantiles. A value that takes a whole quantile step is a bin of its own:
 * equal quantiles are one edge with another just below it, and a quantile at the maximum cuts just below the maximum, for nothing lies
 * above it. Where such a value stands at an end of the reference, current values beyond that end have a bin of their own too, or they
 * would hide in its bin. NaN goes to a last bin that exists when either sample has one.
 */
export function binByReference(reference: ArrayLike<number>, current: ArrayLike<number>, bins: number): BinnedPair {
  const edges = edgesOf(sortedPresent(reference), sortedPresent(current), bins);
  const missingBin = hasMissing(reference) || hasMissing(current);
  const size = edges.length + 1 + (missingBin ? 1 : 0);
  return {
    reference: countIn(reference, edges, size),
    current: countIn(current, edges, size),
    edges,
    missingBin,
  };
}

/** The bin of each value, as `binByReference` has counted it. */
export function binsOf(values: ArrayLike<number>, { edges, missingBin }: BinnedPair): Int32Array {
  const missing = missingBin ? edges.length + 1 : edges.length;
  const bins = new Int32Array(values.length);
  for (let i = 0; i < bins.length; i++) bins[i] = Number.isNaN(values[i]) ? missing : binOf(values[i], edges);
  return bins;
}

function sortedPresent(values: ArrayLike<number>): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < present.length; i++) if (!Number.isNaN(values[i])) present[count++] = values[i];
  return sortFloats(present.subarray(0, count));
}

function edgesOf(reference: Float64Array, current: Float64Array, bins: number): Float64Array {
  const edges = new Set<number>();
  if (reference.length === 0) return new Float64Array(0);
  const lowest = reference[0];
  const highest = reference[reference.length - 1];
  // The largest value of either sample before it: nothing else is left in the bin with the value.
  const cutBelow = (value: number): void => {
    const below = Math.max(largestBelow(reference, value), largestBelow(current, value));
    if (below > Number.NEGATIVE_INFINITY) edges.add(below);
  };
  let last = Number.NaN;
  for (let i = 1; i < bins; i++) {
    const quantile = reference[Math.max(0, Math.ceil((i / bins) * reference.length) - 1)];
    if (quantile === last || quantile === highest) cutBelow(quantile);
    if (quantile < highest || (current.length > 0 && current[current.length - 1] > highest)) edges.add(quantile);
    if (quantile === lowest) cutBelow(lowest);
    last = quantile;
  }
  return sortFloats(Float64Array.from(edges));
}

function largestBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.NEGATIVE_INFINITY : sorted[low - 1];
}

function hasMissing(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function countIn(values: ArrayLike<number>, edges: Float64Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let i = 0; i < values.length; i++) counts[Number.isNaN(values[i]) ? size - 1 : binOf(values[i], edges)]++;
  return counts;
}

/** The number of edges below x: its bin. */
function binOf(x: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
