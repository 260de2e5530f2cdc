/** Maximal marginal relevance: re-orders a list so that each next item is good and unlike those above it. */

import type { ItemVectors } from "../../3-data/ranked-task.ts";

/**
 * Carbonell and Goldstein (1998, "The use of MMR, diversity-based reranking"): repeatedly takes the item with the largest
 * (1 - diversity) * relevance - diversity * (largest cosine to an item taken before). Relevance is the score, scaled to [0, 1] over the
 * list, so that `diversity` means the same for every ranker. Returns the `keep` first items; 0 diversity keeps the order.
 */
export function maximalMarginalRelevance(
  items: ArrayLike<number>,
  scores: ArrayLike<number>,
  vectors: ItemVectors,
  diversity: number,
  keep: number,
): Int32Array {
  const count = items.length;
  const relevance = scaleToUnit(scores, count);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = (1 - diversity) * relevance[i];
  const norms = new Float64Array(count);
  for (let i = 0; i < count; i++) norms[i] = dot(vectors, items[i], items[i]);
  const nearest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  /** How many of those taken each has been held against: with more of them it is worth no more, so that only the best has to be held against all. */
  const held = new Int32Array(count);
  const taken = new Int32Array(Math.min(keep, count));
  const places = new Int32Array(taken.length);
  const hold = (i: number, until: number): void => {
    for (let place = held[i]; place < until; place++) {
      const other = places[place];
      nearest[i] = Math.max(nearest[i], cosine(dot(vectors, items[i], items[other]), norms[i], norms[other]));
    }
    held[i] = until;
    values[i] = (1 - diversity) * relevance[i] - diversity * nearest[i];
  };
  for (let place = 0; place < taken.length; place++) {
    let best = largest(values);
    while (held[best] < place) {
      hold(best, place);
      best = largest(values);
    }
    taken[place] = items[best];
    places[place] = best;
    // An unlike one is worth more than it was before anything was taken.
    if (place === 0) for (let i = 0; i < count; i++) hold(i, 1);
    values[best] = Number.NEGATIVE_INFINITY;
  }
  return taken;
}

/** The first of the largest. */
function largest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Mean cosine of all pairs of a list: how alike what is shown together is. NaN below two items. */
export function intraListSimilarity(items: ArrayLike<number>, vectors: ItemVectors): number {
  const norms = Float64Array.from({ length: items.length }, (_, i) => dot(vectors, items[i], items[i]));
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < items.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += cosine(dot(vectors, items[i], items[j]), norms[i], norms[j]);
      pairs++;
    }
  }
  return sum / pairs;
}

function scaleToUnit(scores: ArrayLike<number>, count: number): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    low = Math.min(low, scores[i]);
    high = Math.max(high, scores[i]);
  }
  const scaled = new Float64Array(count);
  for (let i = 0; i < count; i++) scaled[i] = high > low ? (scores[i] - low) / (high - low) : 1;
  return scaled;
}

function dot({ values, width }: ItemVectors, a: number, b: number): number {
  let sum = 0;
  for (let i = 0, at = a * width, other = b * width; i < width; i++, at++, other++) sum += values[at] * values[other];
  return sum;
}

/** `normA` and `normB` are squares of lengths. */
function cosine(product: number, normA: number, normB: number): number {
  return normA === 0 || normB === 0 ? 0 : product / Math.sqrt(normA * normB);
}
