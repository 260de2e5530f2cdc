/** Sequence-aware item-kNN: items that were chosen near each other are alike, and the latest of a history votes most. */

import { strongestPairs } from "./ordered-pairs.ts";
import type { RecommenderModel } from "./recommender.ts";
import { sparseVotes, sparseVotesFromArtefact } from "./sparse-votes.ts";

export interface SequenceKnnOptions {
  /** What a pair still counts for each further step between its two items, from 0 to 1. Default 0.8. */
  readonly decay: number;
  /** What an item of the history still counts for each step back, from 0 to 1. Default 0.6. */
  readonly recency: number;
  /** What a pair counts that was chosen in the other order: 0 never, 1 as much. Default 0.5. */
  readonly backward: number;
  /** Exponent of how often the recommended item was chosen: 0.5 is the cosine, less favours popular items. Default 0.3. */
  readonly damping: number;
  /** Added to the denominator, so that pairs seen a few times only count less. Default 20. */
  readonly shrinkage: number;
  /** Most alike items kept for each item. Default 500. */
  readonly neighbours: number;
}

/**
 * s_ij = c_ij / (n_i^(1 - damping) n_j^damping + shrinkage), with n the squared strengths of an item and c_ij the strengths of
 * both over all histories, times `decay` for each step between and `backward` where j came first. With decay, recency and
 * backward 1 and damping 0.5 it is item-kNN (Deshpande and Karypis 2004; Garg et al. 2019, "Sequence and time aware
 * neighborhood for session-based recommendations").
 */
export const sequenceKnn: RecommenderModel<SequenceKnnOptions> = {
  name: "sequence-knn",
  defaults: { decay: 0.8, recency: 0.6, backward: 0.5, damping: 0.3, shrinkage: 20, neighbours: 500 },
  async fit(data, { decay, recency, backward, damping, shrinkage, neighbours }) {
    const { columns, indices, values } = data.interactions;
    const chosen = new Float64Array(columns);
    indices.forEach((item, entry) => {
      chosen[item] += values[entry] ** 2;
    });
    const alike = strongestPairs(data, { decay, backward }, neighbours, ({ item, sums }) => {
      const own = chosen[item] ** (1 - damping);
      return (other) => sums[other] / (own * chosen[other] ** damping + shrinkage);
    });
    return sparseVotes(sequenceKnn.name, alike, recency);
  },
  fromArtefact: sparseVotesFromArtefact,
};
