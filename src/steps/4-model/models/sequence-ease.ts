/** EASE over decayed histories: pairs count the less the further apart they were chosen, and the latest of a history weighs most. */

import { invertPositiveDefinite } from "../../../kernels/positive-definite-inverse.ts";
import { assertFewEnough, weightsFromInverse } from "./ease.ts";
import { orderOfRows, recencyWeights } from "./history-order.ts";
import {
  artefactFloats,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
  type TrainingData,
} from "./recommender.ts";

export interface SequenceEaseOptions {
  /** lambda, in units of interactions, as of EASE. Default 400. */
  readonly regularization: number;
  /** The share of each history that training hides, in expectation, as of EASE. Default 0. */
  readonly dropout: number;
  /** What a pair still counts for each step between its two items, above 0 and up to 1. Default 0.9. */
  readonly decay: number;
  /** What an item of the history still counts for each step back, from 0 to 1. Default 0.8. */
  readonly recency: number;
}

/**
 * EASE (Steck 2019) on rows that are smoothed along time: with K_ab = decay^|a - b| over the places of a history, positive
 * semi-definite for any decay in (0, 1], the Gram matrix is the sum of x' K x over histories, and the closed form is EASE's own. With decay and recency 1
 * it is EASE. Entries of one moment stand at the mean of their places, so their order does not matter.
 */
export const sequenceEase: RecommenderModel<SequenceEaseOptions> = {
  name: "sequence-ease",
  defaults: { regularization: 400, dropout: 0, decay: 0.9, recency: 0.8 },
  async fit(data, options, { pool }) {
    const n = data.interactions.columns;
    assertFewEnough(n);
    if (data.interactions.indices.length === 0) return create(new Float32Array(n * n), n, options.recency);
    const inverse = await invertPositiveDefinite(smoothedGram(data, options), n, { pool });
    return create(weightsFromInverse(inverse, n), n, options.recency);
  },
  fromArtefact(artefact: ModelArtefact) {
    const weights = artefactFloats(artefact, "weights");
    return create(weights, Math.sqrt(weights.length), artefactNumber(artefact, "recency"));
  },
};

function create(weights: Float32Array, items: number, recency: number): Recommender {
  return {
    model: sequenceEase.name,
    items,
    score(history) {
      const scores = new Float32Array(items);
      const votes = recencyWeights(history, recency);
      history.indices.forEach((item, entry) => {
        const row = weights.subarray(item * items, (item + 1) * items);
        const vote = votes[entry];
        for (let j = 0; j < items; j++) scores[j] += vote * row[j];
      });
      return scores;
    },
    toArtefact: () => ({ model: sequenceEase.name, meta: { recency }, arrays: { weights } }),
  };
}

/** The upper triangle of the Gram matrix with its ridge: the columns of a row are ascending. */
function smoothedGram(
  { interactions, times }: TrainingData,
  { regularization, dropout, decay }: SequenceEaseOptions,
): Float32Array {
  const { rows, columns: n, indptr, indices, values } = interactions;
  const { steps } = orderOfRows(interactions, times);
  const gram = new Float32Array(n * n);
  for (let row = 0; row < rows; row++) {
    for (let a = indptr[row]; a < indptr[row + 1]; a++) {
      const at = indices[a] * n;
      for (let b = a; b < indptr[row + 1]; b++)
        gram[at + indices[b]] += values[a] * values[b] * decay ** Math.abs(steps[a] - steps[b]);
    }
  }
  for (let i = 0; i < n; i++) gram[i * n + i] += regularization + (dropout / (1 - dropout)) * gram[i * n + i];
  return gram;
}
