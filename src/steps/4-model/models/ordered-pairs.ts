/** Which items follow which: pairs of one history added up by item, each counting less the further apart its two are. */

import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { orderOfRows, pairWeight } from "./history-order.ts";
import type { TrainingData } from "./recommender.ts";

/** What pairs count for. */
export interface PairWeights {
  /** Factor for each step between the two beyond the first, from 0 to 1. */
  readonly decay: number;
  /** What a pair counts for the item that came first, where the item that is followed came later: 0 never, 1 as much. */
  readonly backward: number;
}

/** Sums of pairs that start at one item. `touched` lists the other items that have a sum above 0. */
export interface PairSums {
  readonly item: number;
  readonly touched: readonly number[];
  /** One number an item, valid until the next item is asked for. */
  readonly sums: Float64Array;
}

/** Below this share of a neighbour a pair is left out: it would cost time and change no list. */
const LEAST = 1e-3;

/** The sums of pairs of every item in turn: the product of both strengths, times what the pair's order and distance count for. */
function* pairSums({ interactions, times }: TrainingData, { decay, backward }: PairWeights): Generator<PairSums> {
  const { columns, indptr, indices, values } = interactions;
  const { steps, together } = orderOfRows(interactions, times);
  const { starts, entries, rowOf } = entriesByItem(interactions);
  const sums = new Float64Array(columns);
  for (let item = 0; item < columns; item++) {
    const touched: number[] = [];
    for (let at = starts[item]; at < starts[item + 1]; at++) {
      const entry = entries[at];
      const row = rowOf[entry];
      for (let other = indptr[row]; other < indptr[row + 1]; other++) {
        if (other === entry) continue;
        const distance = steps[entry] - steps[other];
        const near = pairWeight(distance, together[entry], decay);
        const direction = distance > 0 ? 1 : distance < 0 ? backward : 1 + backward;
        const weight = near * direction * values[entry] * values[other];
        if (near < LEAST || weight <= 0) continue;
        if (sums[indices[other]] === 0) touched.push(indices[other]);
        sums[indices[other]] += weight;
      }
    }
    yield { item, touched, sums };
    for (const other of touched) sums[other] = 0;
  }
}

/** The sparse matrix of each item's `neighbours` strongest pairs, by the strength that `strengthOf` makes of a sum. */
export function strongestPairs(
  data: TrainingData,
  weights: PairWeights,
  neighbours: number,
  strengthsOf: (pairs: PairSums) => (other: number) => number,
): SparseMatrix {
  const items = data.interactions.columns;
  const indptr = new Int32Array(items + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const pairs of pairSums(data, weights)) {
    const strengthOf = strengthsOf(pairs);
    const strength = new Map(pairs.touched.map((other) => [other, strengthOf(other)]));
    const nearest = [...strength].sort(([a, one], [b, two]) => two - one || a - b).slice(0, neighbours);
    for (const [other, value] of nearest.sort(([a], [b]) => a - b)) {
      indices.push(other);
      values.push(value);
    }
    indptr[pairs.item + 1] = indices.length;
  }
  return { rows: items, columns: items, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}

interface EntriesByItem {
  readonly starts: Int32Array;
  /** Entries of the matrix, ordered by item. */
  readonly entries: Int32Array;
  readonly rowOf: Int32Array;
}

function entriesByItem({ rows, columns, indptr, indices }: SparseMatrix): EntriesByItem {
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]++;
  for (let column = 0; column < columns; column++) starts[column + 1] += starts[column];
  const next = starts.slice();
  const entries = new Int32Array(indices.length);
  const rowOf = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let entry = indptr[row]; entry < indptr[row + 1]; entry++) {
      entries[next[indices[entry]]++] = entry;
      rowOf[entry] = row;
    }
  }
  return { starts, entries, rowOf };
}
