/** The exact index: every row is scored. The truth that other indexes' recall is measured against, and often fast enough. */

import { createExactScan } from "../../../kernels/exact-scan.ts";
import { indexFloats, indexNumber, MOST_RESULTS, type VectorIndex, type VectorIndexType } from "./vector-index.ts";

/** There is nothing to choose. */
export type ExactIndexOptions = Readonly<Record<never, never>>;

export const exactIndex: VectorIndexType<ExactIndexOptions> = {
  type: "exact",
  defaults: {},
  build: (vectors, dimensions) => open(vectors, dimensions),
  fromArtefact: (artefact) => open(indexFloats(artefact, "vectors"), indexNumber(artefact, "dimensions")),
  estimateBytes: (dimensions) => 4 * dimensions,
};

function open(vectors: Float32Array, dimensions: number): VectorIndex {
  const scan = createExactScan(vectors, dimensions, { mostResults: MOST_RESULTS });
  return {
    type: exactIndex.type,
    count: vectors.length / dimensions,
    dimensions,
    bytesPerVector: (vectors.byteLength * dimensions) / vectors.length,
    search: (queries, k) => scan.search(queries, k),
    toArtefact: () => ({ type: exactIndex.type, meta: { dimensions }, arrays: { vectors } }),
  };
}
