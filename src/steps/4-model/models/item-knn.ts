/** Item-kNN: items chosen by the same units are alike, and a history votes for what is like it. */

import { type SparseMatrix, sparseRow, transpose } from "../../../core/sparse-matrix.ts";
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
 * Koren 2007): s_ij = x_i . x_j / (|x_i| |x_j| + shrinkage). An item's score is the sum of value * s over the items of
 * the history that have it among their neighbours.
 */
export const itemKnn: RecommenderModel<ItemKnnOptions> = {
  name: "item-knn",
  defaults: { neighbours: 200, shrinkage: 10 },
  async fit({ interactions }, options) {
    return create(nearestItems(interactions, options));
  },
  fromArtefact(artefact: ModelArtefact) {
    const indptr = artefactIntegers(artefact, "indptr");
    const items = artefactNumber(artefact, "items");
    const [indices, values] = [artefactIntegers(artefact, "neighbours"), artefactFloats(artefact, "similarities")];
    return create({ rows: items, columns: items, indptr, indices, values });
  },
};

function create(similar: SparseMatrix): Recommender {
  const items = similar.rows;
  return {
    model: itemKnn.name,
    items,
    score(history) {
      const scores = new Float32Array(items);
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
function nearestItems(interactions: SparseMatrix, { neighbours, shrinkage }: ItemKnnOptions): SparseMatrix {
  const byItem = transpose(interactions);
  const items = byItem.rows;
  const norms = Float64Array.from({ length: items }, (_, item) =>
    Math.sqrt(sparseRow(byItem, item).values.reduce((sum, value) => sum + value * value, 0)),
  );
  const indptr = new Int32Array(items + 1);
  const indices: number[] = [];
  const values: number[] = [];
  const together = new Float64Array(items);
  const similarity = new Float64Array(items);
  for (let item = 0; item < items; item++) {
    const touched = addCooccurrences(item, byItem, interactions, together);
    for (const other of touched) similarity[other] = together[other] / (norms[item] * norms[other] + shrinkage);
    const nearest = touched
      .filter((other) => other !== item)
      .sort((a, b) => similarity[b] - similarity[a] || a - b)
      .slice(0, neighbours)
      .sort((a, b) => a - b);
    for (const other of nearest) {
      indices.push(other);
      values.push(similarity[other]);
    }
    for (const other of touched) together[other] = 0;
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

/** Adds x_item . x_other to `together` for every other item that shares a unit; the items touched are returned. */
function addCooccurrences(item: number, byItem: SparseMatrix, byUnit: SparseMatrix, together: Float64Array): number[] {
  const touched: number[] = [];
  for (let at = byItem.indptr[item]; at < byItem.indptr[item + 1]; at++) {
    const unit = byItem.indices[at];
    const value = byItem.values[at];
    for (let entry = byUnit.indptr[unit]; entry < byUnit.indptr[unit + 1]; entry++) {
      const other = byUnit.indices[entry];
      if (together[other] === 0) touched.push(other);
      together[other] += value * byUnit.values[entry];
    }
  }
  return touched;
}
