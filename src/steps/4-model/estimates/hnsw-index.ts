/** The memory of an HNSW graph index, as the faiss guidelines count it. */

import { defineEstimate } from "../../../estimate/define.ts";

/** faiss wiki, Guidelines to choose an index: (4 d + M x 2 x 4) bytes per vector; Malkov and Yashunin 2016. */
export const hnswIndex = defineEstimate({
  name: "hnsw-index",
  step: 4,
  summary: "the memory of an HNSW graph index, as the faiss guidelines count it",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "100M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    links: { kind: "count", about: "links per node, M", default: "32" },
    component: { kind: "size", about: "bytes per component", default: "4 B" },
  },
  formula: `
    components = dim * component -> B
    graph = links * 2 * 4 B -> B  # 2M links of 4 bytes
    vector_size = components + graph -> B
    total = vectors * vector_size
  `,
  answer: "total",
  note: "References differ: hnswlib also keeps a 4-byte count, an 8-byte label and about 4.5 bytes of upper links per element, see hnswlib-index; pages that charge only 4 M bytes of links leave out half of them.",
  source: "faiss wiki, Guidelines to choose an index: (4 d + M x 2 x 4) bytes per vector; Malkov and Yashunin 2016.",
});
