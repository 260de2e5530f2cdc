/** A recommender whose history votes: each of its items for those that a sparse matrix holds in its row. */

import { type SparseMatrix, sparseRow } from "../../../core/sparse-matrix.ts";
import { recencyWeights } from "./history-order.ts";
import {
  artefactFloats,
  artefactIntegers,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
} from "./recommender.ts";

/** `votes` is items x items; an item of the history votes with its strength times `recency` for each step back. */
export function sparseVotes(model: string, votes: SparseMatrix, recency: number): Recommender {
  const items = votes.rows;
  return {
    model,
    items,
    score(history) {
      const scores = new Float32Array(items);
      const weights = recencyWeights(history, recency);
      history.indices.forEach((item, entry) => {
        const { indices, values } = sparseRow(votes, item);
        for (let at = 0; at < indices.length; at++) scores[indices[at]] += weights[entry] * values[at];
      });
      return scores;
    },
    toArtefact: () => ({
      model,
      meta: { items, recency },
      arrays: { indptr: votes.indptr, neighbours: votes.indices, strengths: votes.values },
    }),
  };
}

/** The recommender that `toArtefact` of `sparseVotes` described. */
export function sparseVotesFromArtefact(artefact: ModelArtefact): Recommender {
  const items = artefactNumber(artefact, "items");
  const indptr = artefactIntegers(artefact, "indptr");
  const [indices, values] = [artefactIntegers(artefact, "neighbours"), artefactFloats(artefact, "strengths")];
  const votes = { rows: items, columns: items, indptr, indices, values };
  return sparseVotes(artefact.model, votes, artefactNumber(artefact, "recency"));
}
