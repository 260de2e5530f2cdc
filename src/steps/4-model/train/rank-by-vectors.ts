/** Ranked lists of a model whose scores are inner products, for many requests at once on all threads: the same lists and scores as one by one. */

import { topK } from "../../../core/top-k.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { evenBlocks } from "../../../kernels/row-blocks.ts";
import { topForAll } from "../../../kernels/top-for-all.ts";
import type { Embedding, History, Recommender } from "../models/recommender.ts";
import { createListWriter } from "./list-writer.ts";
import type { RankedLists } from "./ranked-lists.ts";

/** What is asked for beyond the list: its last places are settled in double precision. */
const SPARE = 56;
/** From so many multiplications on the threads are worth their waking. */
const WORTHWHILE = 2 ** 32;

/** Requests ranked in one go: 150 MB of the kernel's memory at 64 dimensions, whatever there are in all. */
const BLOCK = 65_536;

/** Who asks: each history is made when its request is ranked. */
export interface Askers {
  readonly count: number;
  history(request: number): History;
}

export interface VectorRanking {
  readonly depth: number;
  readonly pool: KernelPool | undefined;
  /** Multiplications from which on it is done so; for tests. */
  readonly least?: number;
  /** Requests in one go; for tests. */
  readonly block?: number;
}

/**
 * The `depth` best items of each history, those of the history left out. The kernel finds a few more in single precision; their scores are then
 * added up as the model adds them, and where what the kernel left out could still come before the last of the list, the model scores all.
 * Undefined where the model has no vectors, or the lists are too few to be worth it.
 */
export async function rankByVectors(
  model: Recommender,
  asked: Askers,
  { depth, pool, least = WORTHWHILE, block = BLOCK }: VectorRanking,
): Promise<RankedLists | undefined> {
  const { embedding, items } = model;
  if (embedding === undefined || asked.count * items * embedding.dimensions < least) return undefined;
  const longest = longestOf(embedding);
  const writer = createListWriter(asked.count);
  for (const [from, to] of evenBlocks(asked.count, block)) {
    const histories = Array.from({ length: to - from }, (_, at) => asked.history(from + at));
    const vectors = vectorsOf(embedding, histories);
    const k = depth + SPARE;
    const found = await topForAll({
      factors: embedding.dimensions,
      rows: vectors,
      columns: embedding.itemVectors,
      seen: seenOf(histories, items),
      k,
      ...(pool === undefined ? {} : { pool }),
    });
    for (const [at, history] of histories.entries()) {
      const vector = vectors.subarray(at * embedding.dimensions, (at + 1) * embedding.dimensions);
      const places = {
        items: found.rows.subarray(at * k, (at + 1) * k),
        scores: found.scores.subarray(at * k, (at + 1) * k),
      };
      const list = settled(places, vector, embedding, depth, longest) ?? oneByOne(model, history, depth);
      writer.add(list.items, list.scores);
    }
  }
  return writer.lists();
}

function vectorsOf({ dimensions, embed }: Embedding, histories: readonly History[]): Float32Array {
  const vectors = new Float32Array(histories.length * dimensions);
  for (const [at, history] of histories.entries()) vectors.set(embed(history), at * dimensions);
  return vectors;
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
