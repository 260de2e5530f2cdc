/** Item-kNN: items chosen by the same units are alike, and a history votes for what is like it. */

import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { cosineNeighbours } from "./cosine-neighbours.ts";
import {
  artefactFloats,
  artefactIntegers,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
} from "./recommender.ts";

export interface ItemKnnOptions {
  /** Most alike items kept for each item. Default 200. */
  readonly neighbours: number;
  /** Added to the cosine's denominator, so that pairs seen a few times only count less. Default 10. */
  readonly shrinkage: number;
}

/**
 * Cosine similarity with shrinkage (Deshpande and Karypis 2004, "Item-based top-N recommendation algorithms"; shrinkage after Bell and
 * Koren 2007), as `cosineNeighbours` has it. An item's score is the sum of value * s over the items of
 * the history that have it among their neighbours.
 */
export const itemKnn: RecommenderModel<ItemKnnOptions> = {
  name: "item-knn",
  defaults: { neighbours: 200, shrinkage: 10 },
  async fit({ interactions }, options) {
    return itemKnnOf(nearestItems(interactions, options));
  },
  fromArtefact(artefact: ModelArtefact) {
    const indptr = artefactIntegers(artefact, "indptr");
    const items = artefactNumber(artefact, "items");
    const [indices, values] = [artefactIntegers(artefact, "neighbours"), artefactFloats(artefact, "similarities")];
    return itemKnnOf({ rows: items, columns: items, indptr, indices, values });
  },
};

/** The model of neighbours that are known: row i holds those of item i, with their similarities. */
export function itemKnnOf(similar: SparseMatrix): Recommender {
  const items = similar.rows;
  const lent = new Float32Array(items);
  return {
    model: itemKnn.name,
    items,
    score(history, isLent = false) {
      const scores = isLent ? lent.fill(0) : new Float32Array(items);
      const { indptr, indices, values } = similar;
      for (let entry = 0; entry < history.indices.length; entry++) {
        const item = history.indices[entry];
        const strength = history.values[entry];
        for (let at = indptr[item]; at < indptr[item + 1]; at++) scores[indices[at]] += strength * values[at];
      }
      return scores;
    },
    toArtefact: () => ({
      model: itemKnn.name,
      meta: { items },
      arrays: { indptr: similar.indptr, neighbours: similar.indices, similarities: similar.values },
    }),
  };
}

/** Items x items: row i holds the neighbours of item i with their similarities. */
function nearestItems(interactions: SparseMatrix, options: ItemKnnOptions): SparseMatrix {
  const items = interactions.columns;
  const neighboursOf = cosineNeighbours(interactions, options);
  const indptr = new Int32Array(items + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let item = 0; item < items; item++) {
    const nearest = neighboursOf(item);
    for (const other of nearest.items) indices.push(other);
    for (const similarity of nearest.similarities) values.push(similarity);
    indptr[item + 1] = indices.length;
  }
  return {
    rows: items,
    columns: items,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}
