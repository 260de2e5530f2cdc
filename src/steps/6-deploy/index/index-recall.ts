/** How many of the exact best an index finds; a row that scores as well as the last of them is one of them. */

import type { TopLists } from "../../../kernels/top-list.ts";

/** What was asked, what is right and what was found; lists lie one after the other, `width` places each. */
export interface FoundLists {
  readonly itemVectors: Float32Array;
  readonly dimensions: number;
  readonly queries: Float32Array;
  readonly truth: TopLists;
  readonly found: Int32Array;
  readonly width: number;
}

/** Equal vectors may be scored in another order of additions. */
const ROUNDING = 1e-5;

/** Share of the exact best `k` that are among the first `k` found. Which of several equal rows is found is chance, so ties are hits. */
export function recallOf({ itemVectors, dimensions, queries, truth, found, width }: FoundLists, k: number): number {
  const total = queries.length / dimensions;
  const most = Math.min(k, width);
  let hits = 0;
  for (let query = 0; query < total; query++) {
    const from = query * width;
    const wanted = new Set(truth.rows.subarray(from, from + most));
    const last = truth.scores[from + most - 1];
    for (const row of found.subarray(from, from + most)) {
      if (wanted.has(row)) hits++;
      else if (row >= 0 && scoreOf(row, query) >= last - ROUNDING * Math.abs(last)) hits++;
    }
  }
  return hits / (total * most);

  function scoreOf(row: number, query: number): number {
    let score = 0;
    for (let d = 0; d < dimensions; d++) score += itemVectors[row * dimensions + d] * queries[query * dimensions + d];
    return score;
  }
}
