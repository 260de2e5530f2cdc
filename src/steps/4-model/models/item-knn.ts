/** Item-kNN: titles chosen by the same members are alike, and a history votes for what is like it. */

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
  /** Most alike titles kept for each title. Default 200. */
  readonly neighbours: number;
  /** Added to the cosine's denominator, so that pairs seen a few times only count less. Default 10. */
  readonly shrinkage: number;
}

/**
 * Cosine similarity with shrinkage (Deshpande and Karypis 2004, "Item-based top-N recommendation algorithms"; shrinkage after Bell and
 * Koren 2007): s_ij = x_i . x_j / (|x_i| |x_j| + shrinkage). A title's score is the sum of value * s over the titles of
 * the history that have it among their neighbours.
 */
export const itemKnn: RecommenderModel<ItemKnnOptions> = {
  name: "item-knn",
  defaults: { neighbours: 200, shrinkage: 10 },
  async fit({ interactions }, options) {
    return create(nearestTitles(interactions, options));
  },
  fromArtefact(artefact: ModelArtefact) {
    const indptr = artefactIntegers(artefact, "indptr");
    const titles = artefactNumber(artefact, "titles");
    const [indices, values] = [artefactIntegers(artefact, "neighbours"), artefactFloats(artefact, "similarities")];
    return create({ rows: titles, columns: titles, indptr, indices, values });
  },
};

function create(similar: SparseMatrix): Recommender {
  const titles = similar.rows;
  return {
    model: itemKnn.name,
    titles,
    score(history) {
      const scores = new Float32Array(titles);
      history.indices.forEach((title, entry) => {
        const { indices, values } = sparseRow(similar, title);
        for (let at = 0; at < indices.length; at++) scores[indices[at]] += history.values[entry] * values[at];
      });
      return scores;
    },
    toArtefact: () => ({
      model: itemKnn.name,
      meta: { titles },
      arrays: { indptr: similar.indptr, neighbours: similar.indices, similarities: similar.values },
    }),
  };
}

/** Titles x titles: row i holds the neighbours of title i with their similarities. */
function nearestTitles(interactions: SparseMatrix, { neighbours, shrinkage }: ItemKnnOptions): SparseMatrix {
  const byTitle = transpose(interactions);
  const titles = byTitle.rows;
  const norms = Float64Array.from({ length: titles }, (_, title) =>
    Math.sqrt(sparseRow(byTitle, title).values.reduce((sum, value) => sum + value * value, 0)),
  );
  const indptr = new Int32Array(titles + 1);
  const indices: number[] = [];
  const values: number[] = [];
  const together = new Float64Array(titles);
  const similarity = new Float64Array(titles);
  for (let title = 0; title < titles; title++) {
    const touched = addCooccurrences(title, byTitle, interactions, together);
    for (const other of touched) similarity[other] = together[other] / (norms[title] * norms[other] + shrinkage);
    const nearest = touched
      .filter((other) => other !== title)
      .sort((a, b) => similarity[b] - similarity[a] || a - b)
      .slice(0, neighbours)
      .sort((a, b) => a - b);
    for (const other of nearest) {
      indices.push(other);
      values.push(similarity[other]);
    }
    for (const other of touched) together[other] = 0;
    indptr[title + 1] = indices.length;
  }
  return {
    rows: titles,
    columns: titles,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** Adds x_title . x_other to `together` for every other title that shares a member; the titles touched are returned. */
function addCooccurrences(
  title: number,
  byTitle: SparseMatrix,
  byMember: SparseMatrix,
  together: Float64Array,
): number[] {
  const touched: number[] = [];
  for (let at = byTitle.indptr[title]; at < byTitle.indptr[title + 1]; at++) {
    const member = byTitle.indices[at];
    const value = byTitle.values[at];
    for (let entry = byMember.indptr[member]; entry < byMember.indptr[member + 1]; entry++) {
      const other = byMember.indices[entry];
      if (together[other] === 0) touched.push(other);
      together[other] += value * byMember.values[entry];
    }
  }
  return touched;
}
