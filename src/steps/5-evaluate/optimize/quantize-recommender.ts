/** A first-stage model with its item vectors in 8 bits: a quarter of the bytes, scores from the rounded vectors. */

import { topK } from "../../../core/top-k.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { sharedListAt } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import type { Recommender } from "../../4-model/models/recommender.ts";
import { createHistories, type SignalWeights } from "../../4-model/train/interaction-matrix.ts";
import { rankAll } from "../../4-model/train/ranked-lists.ts";
import { LIST_DEPTH } from "../../4-model/train/recommender-stage.ts";
import { quantizedBytes, quantizeRows } from "./quantization.ts";
import type { RankedPart } from "./variant.ts";

interface Traffic {
  readonly task: RankedTask;
  readonly requests: StoredRequests;
  readonly weights: SignalWeights;
}

/** The model as it is and with int8 vectors; undefined where it has no vectors to round. Both score by inner products alone. */
export function quantizeRecommender(
  subject: string,
  { embedding, items }: Recommender,
  { task, requests, weights }: Traffic,
): { readonly before: RankedPart; readonly after: RankedPart } | undefined {
  if (embedding === undefined) return undefined;
  const { dimensions, itemVectors } = embedding;
  const historyOf = createHistories(task, weights);
  const histories = Array.from({ length: requests.count }, (_, i) => historyOf(sharedListAt(requests.history, i)));
  const users = histories.map((history) => embedding.embed(history));
  const rounded = quantizeRows(itemVectors, dimensions);
  const exact = (request: number): Float32Array => innerProducts(users[request], itemVectors, items, dimensions);
  const coarse = (request: number): Float32Array => {
    const scores = innerProducts(users[request], rounded.values, items, dimensions);
    for (let item = 0; item < items; item++) scores[item] *= rounded.scales[item];
    return scores;
  };
  const part = (name: string, bytes: number, score: (request: number) => Float32Array): RankedPart => ({
    subject: name,
    bytes,
    lists: rankAll(requests.count, LIST_DEPTH, score, (i) => histories[i].indices),
    serve: (i) => void topK(score(i), LIST_DEPTH, histories[i].indices),
  });
  const bytes = quantizedBytes(items, dimensions);
  return { before: part(subject, bytes.float32, exact), after: part(`${subject} int8`, bytes.int8, coarse) };
}

function innerProducts(
  user: Float32Array,
  vectors: ArrayLike<number>,
  items: number,
  dimensions: number,
): Float32Array {
  const scores = new Float32Array(items);
  for (let item = 0; item < items; item++) {
    let sum = 0;
    const from = item * dimensions;
    for (let at = 0; at < dimensions; at++) sum += user[at] * vectors[from + at];
    scores[item] = sum;
  }
  return scores;
}
