/** The order of a history: how many steps back each of its items lies. Items of one moment hold no order, and get none. */

import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import type { History } from "./recommender.ts";

/** Where the entries of histories lie in the order of time. */
export interface HistoryOrder {
  /** Steps back from the latest entry of the same history, which is 0. Entries of one moment share the mean of their places. */
  readonly steps: Float64Array;
  /** How many entries happened at the very moment of this one, itself included. */
  readonly together: Int32Array;
}

/** The order of one history; without times all of it is one moment. */
export function orderOf({ indices, times }: History): HistoryOrder {
  const order = emptyOrder(indices.length);
  placeEntries(times, 0, indices.length, order);
  return order;
}

/** The order of every row of a matrix, entry by entry; without times each row is one moment. */
export function orderOfRows({ rows, indptr, indices }: SparseMatrix, times?: Float64Array): HistoryOrder {
  const order = emptyOrder(indices.length);
  for (let row = 0; row < rows; row++) placeEntries(times, indptr[row], indptr[row + 1], order);
  return order;
}

/** What each entry of a history counts: its strength, times `recency` for each step back; among entries of one moment the mean over all orders. */
export function recencyWeights(history: History, recency: number): Float64Array {
  const { steps, together } = orderOf(history);
  return steps.map((back, entry) => {
    const count = together[entry];
    const nearest = recency ** (back - (count - 1) / 2);
    const mean = recency === 1 ? 1 : (1 - recency ** count) / (count * (1 - recency));
    return history.values[entry] * nearest * mean;
  });
}

/**
 * What a pair of entries counts for its distance. Neighbours in time count 1, and each further step multiplies by `decay`. Two
 * entries of one moment are as far apart as two of its places on average, a third of the places plus one, and count half:
 * either order is as likely. So a shuffle among equal times changes nothing.
 */
export function pairWeight(distance: number, together: number, decay: number): number {
  if (distance === 0) return 0.5 * decay ** ((together + 1) / 3 - 1);
  return decay ** (Math.abs(distance) - 1);
}

function emptyOrder(count: number): HistoryOrder {
  return { steps: new Float64Array(count), together: new Int32Array(count) };
}

function placeEntries(times: Float64Array | undefined, from: number, to: number, { steps, together }: HistoryOrder) {
  const count = to - from;
  if (times === undefined) {
    steps.fill((count - 1) / 2, from, to);
    together.fill(count, from, to);
    return;
  }
  const latestFirst = Int32Array.from({ length: count }, (_, at) => from + at).sort((a, b) => times[b] - times[a]);
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && times[latestFirst[end]] === times[latestFirst[start]]) end++;
    for (let at = start; at < end; at++) {
      steps[latestFirst[at]] = (start + end - 1) / 2;
      together[latestFirst[at]] = end - start;
    }
    start = end;
  }
}
