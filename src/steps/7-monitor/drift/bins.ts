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
 * Both samples counted in `bins` bins cut at the reference's quantiles. Equal quantiles are one edge, so a column with few distinct
 * values gets fewer bins. NaN goes to a last bin that exists when either sample has one.
 */
export function binByReference(reference: ArrayLike<number>, current: ArrayLike<number>, bins: number): BinnedPair {
  const edges = quantileEdges(reference, bins);
  const missingBin = hasMissing(reference) || hasMissing(current);
  const size = edges.length + 1 + (missingBin ? 1 : 0);
  return {
    reference: countIn(reference, edges, size),
    current: countIn(current, edges, size),
    edges,
    missingBin,
  };
}

function quantileEdges(values: ArrayLike<number>, bins: number): Float64Array {
  const sorted = sortFloats(Float64Array.from(values).filter((value) => !Number.isNaN(value)));
  const edges: number[] = [];
  for (let i = 1; i < bins && sorted.length > 0; i++) {
    const edge = sorted[Math.max(0, Math.ceil((i / bins) * sorted.length) - 1)];
    const isLast = edge === sorted[sorted.length - 1];
    if (!isLast && edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return Float64Array.from(edges);
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
