/** Graph filter: a history smoothed over the graph of items that share units, plus its part in the graph's leading directions. */

import { type SparseMatrix, sparseRow } from "../../../core/sparse-matrix.ts";
import { createMatrixSpace, type MatrixSpace } from "../../../kernels/matrix-product.ts";
import { leadingDirections } from "../train/leading-directions.ts";
import { recencyWeights } from "./history-order.ts";
import { strongestPairs } from "./ordered-pairs.ts";
import {
  artefactFloats,
  artefactIntegers,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
} from "./recommender.ts";

export interface GraphFilterOptions {
  /** Leading directions of the graph that are kept. Default 256. */
  readonly factors: number;
  /** Weight of those directions beside the graph itself. Default 0.3. */
  readonly smoothing: number;
  /** Most neighbours kept for each item in the graph. Default 1000. */
  readonly neighbours: number;
  /** What an item of the history still counts for each step back, from 0 to 1. Default 1: order does not matter. */
  readonly recency: number;
}

/**
 * GF-CF (Shen et al. 2021, "How powerful is graph convolution for recommendation?"): with R the interactions, N = D_U^-1/2 R D_I^-1/2 and V
 * its leading right singular vectors, a history r is scored r N'N + smoothing r D_I^-1/2 V V' D_I^1/2. Degrees are sums of strengths. N'N keeps each
 * item's strongest neighbours, so memory grows with the items: (8 neighbours + 8 factors) bytes each at most.
 */
export const graphFilter: RecommenderModel<GraphFilterOptions> = {
  name: "graph-filter",
  defaults: { factors: 256, smoothing: 0.3, neighbours: 1000, recency: 1 },
  async fit({ interactions }, { factors, smoothing, neighbours, recency }, { random }) {
    const { normalized, degrees } = normalize(interactions);
    const graph = strongestPairs({ interactions: normalized }, { decay: 1, backward: 1 }, neighbours, ({ sums }) => {
      return (other) => sums[other];
    });
    const own = new Float32Array(interactions.columns);
    normalized.indices.forEach((item, entry) => {
      own[item] += normalized.values[entry] ** 2;
    });
    const { vectors } = leadingDirections(normalized, factors, random.fork("directions"));
    return create({ graph, own, vectors, degrees }, { smoothing, recency });
  },
  fromArtefact(artefact: ModelArtefact) {
    const degrees = artefactFloats(artefact, "degrees");
    const graph = {
      rows: degrees.length,
      columns: degrees.length,
      indptr: artefactIntegers(artefact, "indptr"),
      indices: artefactIntegers(artefact, "neighbours"),
      values: artefactFloats(artefact, "strengths"),
    };
    const parts = {
      graph,
      degrees,
      own: artefactFloats(artefact, "own"),
      vectors: artefactFloats(artefact, "vectors"),
    };
    const number = (name: string) => artefactNumber(artefact, name);
    return create(parts, { smoothing: number("smoothing"), recency: number("recency") });
  },
};

interface GraphParts {
  /** N'N without its diagonal. */
  readonly graph: SparseMatrix;
  /** The diagonal of N'N. */
  readonly own: Float32Array;
  /** Items x factors. */
  readonly vectors: Float32Array;
  readonly degrees: Float32Array;
}

function create(
  { graph, own, vectors, degrees }: GraphParts,
  { smoothing, recency }: Pick<GraphFilterOptions, "smoothing" | "recency">,
): Recommender {
  const items = graph.rows;
  const factors = items === 0 ? 0 : vectors.length / items;
  const roots = degrees.map(Math.sqrt);
  const directions = factors === 0 ? undefined : openDirections(vectors, items, factors);
  return {
    model: graphFilter.name,
    items,
    score(history) {
      const scores = new Float32Array(items);
      const weights = recencyWeights(history, recency);
      const query = new Float32Array(factors);
      history.indices.forEach((item, entry) => {
        const { indices, values } = sparseRow(graph, item);
        const weight = weights[entry];
        scores[item] += weight * own[item];
        for (let at = 0; at < indices.length; at++) scores[indices[at]] += weight * values[at];
        if (roots[item] === 0) return;
        for (let d = 0; d < factors; d++) query[d] += (weight / roots[item]) * vectors[item * factors + d];
      });
      const smooth = directions?.(query);
      if (smooth !== undefined) for (let j = 0; j < items; j++) scores[j] += smoothing * roots[j] * smooth[j];
      return scores;
    },
    toArtefact: () => ({
      model: graphFilter.name,
      meta: { smoothing, recency },
      arrays: { indptr: graph.indptr, neighbours: graph.indices, strengths: graph.values, own, vectors, degrees },
    }),
  };
}

/** The inner products of a query with all items' directions, as one product of matrices that stay in the kernel's memory. */
function openDirections(vectors: Float32Array, items: number, factors: number): (query: Float32Array) => Float32Array {
  const space: MatrixSpace = createMatrixSpace([factors, factors * items, items]);
  const [a, b, c] = space.arrays;
  for (let item = 0; item < items; item++)
    for (let d = 0; d < factors; d++) b[d * items + item] = vectors[item * factors + d];
  return (query) => {
    a.set(query);
    space.multiply({ a, b, c, rows: 1, inner: factors, columns: items });
    return c;
  };
}

/** N = D_U^-1/2 R D_I^-1/2, and the degrees of items. */
function normalize(interactions: SparseMatrix): { readonly normalized: SparseMatrix; readonly degrees: Float32Array } {
  const { rows, columns, indptr, indices, values } = interactions;
  const ofRows = new Float64Array(rows);
  const ofItems = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let at = indptr[row]; at < indptr[row + 1]; at++) {
      ofRows[row] += values[at];
      ofItems[indices[at]] += values[at];
    }
  }
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let at = indptr[row]; at < indptr[row + 1]; at++)
      scaled[at] = values[at] / Math.sqrt(ofRows[row] * ofItems[indices[at]]);
  return { normalized: { ...interactions, values: scaled }, degrees: Float32Array.from(ofItems) };
}
