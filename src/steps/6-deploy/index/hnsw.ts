/** The HNSW graph index: a search visits a few thousand rows of millions, and misses a few of the best. */

import { buildHnsw, type Hnsw, loadHnsw } from "../../../kernels/hnsw.ts";
import { indexFloats, indexIntegers, indexNumber, type VectorIndex, type VectorIndexType } from "./vector-index.ts";

export interface HnswIndexOptions {
  /** M: links a row takes at each level, twice as many on the ground. Default 16. */
  readonly links: number;
  /** Candidates weighed when a row is linked (efConstruction). Default 200. */
  readonly construction: number;
  /** Rows kept in sight by a search (ef): more finds more, and takes longer. Default 100. */
  readonly effort: number;
}

export const hnswIndex: VectorIndexType<HnswIndexOptions> = {
  type: "hnsw",
  defaults: { links: 16, construction: 200, effort: 100 },
  build: (vectors, dimensions, options, random) =>
    open(buildHnsw(vectors, dimensions, { ...options, random }), options.effort),
  fromArtefact(artefact) {
    const number = (name: string) => indexNumber(artefact, name);
    const graph = {
      dimensions: number("dimensions"),
      links: number("links"),
      entry: number("entry"),
      top: number("top"),
      vectors: indexFloats(artefact, "vectors"),
      ground: indexIntegers(artefact, "ground"),
      starts: indexIntegers(artefact, "starts"),
      upper: indexIntegers(artefact, "upper"),
      copies: indexIntegers(artefact, "copies"),
      copyStarts: indexIntegers(artefact, "copyStarts"),
    };
    return open(loadHnsw(graph), number("effort"));
  },
  /** The rough rule of the faiss wiki: the vector and 8 M bytes of links. */
  estimateBytes: (dimensions, { links }) => 4 * dimensions + 8 * links,
};

function open(hnsw: Hnsw, effort: number): VectorIndex {
  const { count, dimensions } = hnsw;
  return {
    type: hnswIndex.type,
    count,
    dimensions,
    bytesPerVector: hnsw.bytes / count,
    search: (queries, k) => hnsw.search(queries, k, effort),
    toArtefact() {
      const { links, entry, top, vectors, ground, starts, upper, copies, copyStarts } = hnsw.graph();
      const meta = { dimensions, links, entry, top, effort };
      return { type: hnswIndex.type, meta, arrays: { vectors, ground, starts, upper, copies, copyStarts } };
    },
  };
}
