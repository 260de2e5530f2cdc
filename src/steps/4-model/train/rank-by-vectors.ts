/** Ranked lists of a model whose scores are inner products, for many requests at once on all threads: the same lists and scores as one by one. */

import { topK } from "../../../core/top-k.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { topForAll } from "../../../kernels/top-for-all.ts";
import type { Embedding, History, Recommender } from "../models/recommender.ts";
import type { RankedLists } from "./ranked-lists.ts";

/** What is asked for beyond the list: its last places are settled in double precision. */
const SPARE = 56;
/** From so many multiplications on the threads are worth their waking. */
const WORTHWHILE = 2 ** 32;

export interface VectorRanking {
  readonly depth: number;
  readonly pool: KernelPool | undefined;
  /** Multiplications from which on it is done so; for tests. */
  readonly least?: number;
}

/**
 * The `depth` best items of each history, those of the history left out. The kernel finds a few more in single precision; their scores are then
 * added up as the model adds them, and where what the kernel left out could still come before the last of the list, the model scores all.
 * Undefined where the model has no vectors, or the lists are too few to be worth it.
 */
export async function rankByVectors(
  model: Recommender,
  histories: readonly History[],
  { depth, pool, least = WORTHWHILE }: VectorRanking,
): Promise<RankedLists | undefined> {
  const { embedding, items } = model;
  if (embedding === undefined || histories.length * items * embedding.dimensions < least) return undefined;
  const { dimensions, itemVectors } = embedding;
  const rows = new Float32Array(histories.length * dimensions);
  for (const [at, history] of histories.entries()) rows.set(embedding.embed(history), at * dimensions);
  const k = depth + SPARE;
  const found = await topForAll({
    factors: dimensions,
    rows,
    columns: itemVectors,
    seen: seenOf(histories, items),
    k,
    ...(pool === undefined ? {} : { pool }),
  });
  const longest = longestOf(embedding);
  const offsets = new Int32Array(histories.length + 1);
  const lists: { readonly items: Int32Array; readonly scores: Float32Array }[] = [];
  for (const [at, history] of histories.entries()) {
    const vector = rows.subarray(at * dimensions, (at + 1) * dimensions);
    const places = {
      items: found.rows.subarray(at * k, (at + 1) * k),
      scores: found.scores.subarray(at * k, (at + 1) * k),
    };
    const list = settled(places, vector, embedding, depth, longest) ?? oneByOne(model, history, depth);
    lists.push(list);
    offsets[at + 1] = offsets[at] + list.items.length;
  }
  const joined = {
    items: new Int32Array(offsets[histories.length]),
    scores: new Float32Array(offsets[histories.length]),
  };
  for (const [at, list] of lists.entries()) {
    joined.items.set(list.items, offsets[at]);
    joined.scores.set(list.scores, offsets[at]);
  }
  return { offsets, ...joined };
}

function seenOf(histories: readonly History[], columns: number) {
  const indptr = new Int32Array(histories.length + 1);
  for (const [at, { indices }] of histories.entries()) indptr[at + 1] = indptr[at] + indices.length;
  const indices = new Int32Array(indptr[histories.length]);
  for (const [at, history] of histories.entries()) indices.set(history.indices, indptr[at]);
  return { rows: histories.length, columns, indptr, indices, values: new Float32Array(indices.length) };
}

function longestOf({ itemVectors, dimensions }: Embedding): number {
  let longest = 0;
  for (let at = 0; at < itemVectors.length; at += dimensions)
    longest = Math.max(longest, lengthOf(itemVectors.subarray(at, at + dimensions)));
  return longest;
}

function lengthOf(vector: Float32Array): number {
  let square = 0;
  for (let d = 0; d < vector.length; d++) square += vector[d] ** 2;
  return Math.sqrt(square);
}

/** The list with the model's own scores; undefined where an item that was left out could belong to it. */
function settled(
  found: { readonly items: Int32Array; readonly scores: Float32Array },
  vector: Float32Array,
  { itemVectors, dimensions }: Embedding,
  depth: number,
  longest: number,
): { readonly items: Int32Array; readonly scores: Float32Array } | undefined {
  const there = found.items.indexOf(-1);
  const isWhole = there >= 0;
  // Of equal scores the smaller item comes first.
  const candidates = (isWhole ? found.items.subarray(0, there) : found.items).slice().sort();
  const scores = new Float32Array(candidates.length);
  for (let at = 0; at < candidates.length; at++) {
    const start = candidates[at] * dimensions;
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += itemVectors[start + d] * vector[d];
    scores[at] = sum;
  }
  const best = topK(scores, depth);
  // A sum of d products in single precision is off by less than d units in the last place of the lengths' product; twice that for both roundings.
  const room = dimensions * 2 ** -22 * lengthOf(vector) * longest;
  if (!isWhole && !(scores[best[best.length - 1]] > found.scores[found.scores.length - 1] + room)) return undefined;
  return { items: best.map((at) => candidates[at]), scores: Float32Array.from(best, (at) => scores[at]) };
}

function oneByOne(model: Recommender, history: History, depth: number) {
  const all = model.score(history);
  const items = topK(all, depth, history.indices);
  return { items, scores: Float32Array.from(items, (item) => all[item]) };
}
