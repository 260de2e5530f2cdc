/** Item transitions: which item is chosen after which, from pairs of one history that may skip what lies between. */

import { strongestPairs } from "./ordered-pairs.ts";
import type { RecommenderModel } from "./recommender.ts";
import { sparseVotes, sparseVotesFromArtefact } from "./sparse-votes.ts";

export interface ItemTransitionsOptions {
  /** What a transition still counts for each item that it skips, from 0 (none are skipped) to 1 (all alike). Default 0.8. */
  readonly decay: number;
  /** What an item of the history still counts for each step back, from 0 (the latest alone) to 1. Default 0.6. */
  readonly recency: number;
  /** Added to how often an item was followed by anything, so that items seen a few times only vote less. Default 20. */
  readonly shrinkage: number;
  /** Most followers kept for each item. Default 500. */
  readonly neighbours: number;
}

/**
 * A first-order Markov chain with skips (Shani, Heckerman and Brafman 2005, "An MDP-based recommender system"): the chance that
 * item j comes after item i is t_ij / (t_i + shrinkage), with t_ij the decayed count of j after i and t_i its sum over all j.
 * The chances of the history's items are added up, the latest counting most.
 */
export const itemTransitions: RecommenderModel<ItemTransitionsOptions> = {
  name: "item-transitions",
  defaults: { decay: 0.8, recency: 0.6, shrinkage: 20, neighbours: 500 },
  async fit(data, { decay, recency, shrinkage, neighbours }) {
    const chances = strongestPairs(data, { decay, backward: 0 }, neighbours, ({ touched, sums }) => {
      const all = touched.reduce((sum, other) => sum + sums[other], 0);
      return (other) => sums[other] / (all + shrinkage);
    });
    return sparseVotes(itemTransitions.name, chances, recency);
  },
  fromArtefact: sparseVotesFromArtefact,
};
