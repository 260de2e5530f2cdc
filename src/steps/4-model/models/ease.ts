/** EASE: each item's score is a weighted sum of the history, with all weights solved for at once in closed form. */

import { type Failure, FailureError } from "../../../core/outcome.ts";
import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { invertPositiveDefinite } from "../../../kernels/positive-definite-inverse.ts";
import { createRowSums, type RowSums } from "../../../kernels/row-sums.ts";
import { artefactFloats, type ModelArtefact, type Recommender, type RecommenderModel } from "./recommender.ts";

export interface EaseOptions {
  /** lambda, in units of interactions: how many times a pair must occur together before it counts. Default 400. */
  readonly regularization: number;
  /**
   * The share of each history that training hides, in expectation, from 0 to below 1: popular items are regularized more.
   * Default 0, which is EASE.
   */
  readonly dropout: number;
}

/**
 * Steck (2019), "Embarrassingly shallow autoencoders for sparse data": minimize |X - X B|^2 + lambda |B|^2 with zero
 * diagonal. With P = (X'X + lambda I)^-1 the solution is B_ij = -P_ij / P_jj off the diagonal. With dropout p the ridge of item j is
 * lambda + p / (1 - p) (X'X)_jj (Steck 2020, "Autoencoders that don't overfit towards the identity"). Memory and time
 * grow with the square and the cube of the items.
 */
export const ease: RecommenderModel<EaseOptions> = {
  name: "ease",
  defaults: { regularization: 400, dropout: 0 },
  async fit({ interactions }, options, { pool }) {
    const n = interactions.columns;
    assertFewEnough(n);
    if (interactions.indices.length === 0) return create(new Float32Array(n * n), n);
    const inverse = await invertPositiveDefinite(regularizedGram(interactions, options), n, { pool });
    return create(weightsFromInverse(inverse, n), n);
  },
  fromArtefact(artefact: ModelArtefact) {
    const weights = artefactFloats(artefact, "weights");
    return create(weights, Math.sqrt(weights.length));
  },
};

/** Beyond this the three matrices of training exceed 5 GB. */
const MOST_ITEMS = 20_000;

/** Throws a `FailureError` where the items are too many for a matrix of their square. */
export function assertFewEnough(items: number): void {
  if (items > MOST_ITEMS) throw new FailureError(tooManyItems(items));
}

/** B of EASE out of P, in P's own memory: B_ij = -P_ij / P_jj, and 0 on the diagonal. */
export function weightsFromInverse(inverse: Float32Array, n: number): Float32Array {
  const diagonal = Float32Array.from({ length: n }, (_, j) => inverse[j * n + j]);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) inverse[i * n + j] = i === j ? 0 : -inverse[i * n + j] / diagonal[j];
  return inverse;
}

function tooManyItems(items: number): Failure {
  const gigabytes = Math.round((12 * items ** 2) / 1e9);
  return {
    code: "too-many-items",
    message: `EASE weighs every item against every other: ${items} items need about ${gigabytes} GB, and ${MOST_ITEMS} items are the most`,
    fix: "model: als, whose size grows with the items and not with their square",
  };
}

function create(weights: Float32Array, items: number): Recommender {
  let sums: RowSums | undefined;
  return {
    model: ease.name,
    items,
    score({ indices, values }, isLent) {
      sums ??= createRowSums({ values: weights, columns: items });
      return sums.sum(indices, values, isLent);
    },
    toArtefact: () => ({ model: ease.name, meta: {}, arrays: { weights } }),
  };
}

/** X'X with its ridge, upper triangle: the columns of a row are ascending. */
function regularizedGram(
  { rows, columns: n, indptr, indices, values }: SparseMatrix,
  { regularization, dropout }: EaseOptions,
): Float32Array {
  const gram = new Float32Array(n * n);
  for (let row = 0; row < rows; row++) {
    for (let a = indptr[row]; a < indptr[row + 1]; a++) {
      const at = indices[a] * n;
      for (let b = a; b < indptr[row + 1]; b++) gram[at + indices[b]] += values[a] * values[b];
    }
  }
  for (let i = 0; i < n; i++) gram[i * n + i] += regularization + (dropout / (1 - dropout)) * gram[i * n + i];
  return gram;
}
