/** Ranked lists of a model that scores alike for everybody: one order of all items, from which each list leaves out what its own history holds. */

import { topK } from "../../../core/top-k.ts";

/** The lists that `topK(scores, depth, skip)` gives, with the items sorted once for all of them; `skip` ascending. */
export function createAlikeRanking(scores: Float32Array, depth: number): (skip: ArrayLike<number>) => Int32Array {
  let order = topK(scores, 2 * depth);
  const left = new Uint8Array(scores.length);
  return (skip) => {
    // What is skipped may all stand in front.
    const needed = Math.min(scores.length, depth + skip.length);
    if (order.length < needed) order = topK(scores, Math.max(needed, 2 * order.length));
    for (let at = 0; at < skip.length; at++) left[skip[at]] = 1;
    const list = new Int32Array(depth);
    let count = 0;
    for (let place = 0; place < order.length && count < depth; place++)
      if (left[order[place]] === 0) list[count++] = order[place];
    for (let at = 0; at < skip.length; at++) left[skip[at]] = 0;
    return list.slice(0, count);
  };
}
