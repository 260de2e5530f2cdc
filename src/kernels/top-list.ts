/** The answer of a search: for each query its best rows, best first. */

/**
 * `k` places for each query, one query after the other. Of equal scores the smaller row number comes first. Where there are
 * fewer than k rows, the places left over hold row -1 and score -Infinity.
 */
export interface TopLists {
  readonly k: number;
  readonly rows: Int32Array;
  readonly scores: Float32Array;
}

/** Lists of `k` empty places for `queries` queries. */
export function createTopLists(queries: number, k: number): TopLists {
  return { k, rows: new Int32Array(queries * k).fill(-1), scores: new Float32Array(queries * k).fill(-Infinity) };
}
