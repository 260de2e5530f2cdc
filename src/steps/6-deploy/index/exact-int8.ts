/** The exact index over 8-bit rows: a quarter of the memory to read, and the best candidates scored again in float32. */

import { createInt8Scan } from "../../../kernels/int8-scan.ts";
import { createTopLists, type TopLists } from "../../../kernels/top-list.ts";
import { quantizeRows } from "../../5-evaluate/optimize/quantization.ts";
import { indexFloats, indexNumber, MOST_RESULTS, type VectorIndex, type VectorIndexType } from "./vector-index.ts";

export interface ExactInt8Options {
  /**
   * Candidates per result that are scored again with the float32 rows, which are then kept as well; 0 keeps only the
   * 8-bit rows and takes their order as it is. Default 1.5.
   */
  readonly rescore: number;
}

export const exactInt8Index: VectorIndexType<ExactInt8Options> = {
  type: "exact-int8",
  defaults: { rescore: 1.5 },
  build: (vectors, dimensions, { rescore }) => {
    const rows = quantizeRows(vectors, dimensions);
    return open(rows.values, rows.scales, dimensions, rescore, rescore > 0 ? vectors : new Float32Array(0));
  },
  fromArtefact(artefact) {
    const { values } = artefact.arrays;
    if (!(values instanceof Int8Array)) throw new Error("the exact-int8 index has no 8-bit values");
    const [dimensions, rescore] = [indexNumber(artefact, "dimensions"), indexNumber(artefact, "rescore")];
    return open(values, indexFloats(artefact, "scales"), dimensions, rescore, indexFloats(artefact, "vectors"));
  },
  estimateBytes: (dimensions, { rescore }) => dimensions + 4 + (rescore > 0 ? 4 * dimensions : 0),
};

function open(
  values: Int8Array,
  scales: Float32Array,
  dimensions: number,
  rescore: number,
  vectors: Float32Array,
): VectorIndex {
  const count = scales.length;
  const scan = createInt8Scan({ values, scales, dimensions }, { mostResults: MOST_RESULTS });
  return {
    type: exactInt8Index.type,
    count,
    dimensions,
    bytesPerVector: (values.byteLength + scales.byteLength + vectors.byteLength) / count,
    search(queries, k) {
      if (rescore === 0) return scan.search(queries, k);
      const asked = Math.max(k, Math.min(MOST_RESULTS, Math.ceil(k * rescore)));
      return rescoreLists(scan.search(queries, asked), vectors, dimensions, queries, k);
    },
    toArtefact: () => ({
      type: exactInt8Index.type,
      meta: { dimensions, rescore },
      arrays: { values, scales, vectors },
    }),
  };
}

/** The best k of each list by the float32 rows' inner products. */
function rescoreLists(
  candidates: TopLists,
  vectors: Float32Array,
  dimensions: number,
  queries: Float32Array,
  k: number,
): TopLists {
  const total = queries.length / dimensions;
  const lists = createTopLists(total, k);
  for (let query = 0; query < total; query++) {
    const own = queries.subarray(query * dimensions, (query + 1) * dimensions);
    const rows = candidates.rows.subarray(query * candidates.k, (query + 1) * candidates.k).filter((row) => row >= 0);
    const scores = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      let sum = 0;
      for (let d = 0, at = rows[i] * dimensions; d < dimensions; d++, at++) sum += vectors[at] * own[d];
      scores[i] = sum;
    }
    const order = Uint32Array.from(rows.keys())
      .sort((a, b) => scores[b] - scores[a] || rows[a] - rows[b])
      .subarray(0, k);
    order.forEach((from, place) => {
      lists.rows[query * k + place] = rows[from];
      lists.scores[query * k + place] = scores[from];
    });
  }
  return lists;
}
