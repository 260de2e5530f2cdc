/** The memory of an HNSW index, byte for byte as hnswlib lays it out. */

import { defineEstimate } from "../../../estimate/define.ts";

/** hnswlib hnswalg.h: level 0 holds 2M links, a 4-byte count, the vector and an 8-byte label; level multiplier 1 / ln M. */
export const hnswlibIndex = defineEstimate({
  name: "hnswlib-index",
  step: 4,
  summary: "the memory of an HNSW index, byte for byte as hnswlib lays it out",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "1M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    links: { kind: "count", about: "links per node, M", default: "16" },
    component: { kind: "size", about: "bytes per component", default: "4 B" },
  },
  formula: `
    links_level0 = 2 * links * 4 B + 4 B -> B  # 2M links and their count
    element_level0 = links_level0 + dim * component + 8 B -> B  # and the label
    upper_links = (4 B * links + 4 B) / (links - 1) -> B  # expected: a node reaches level l with probability M^-l
    element = element_level0 + upper_links -> B
    graph_only = links_level0 + upper_links -> B
    total = vectors * element
  `,
  answer: "total",
  checks: [{ holds: "links >= 2", otherwise: "M is at least 2" }],
  note: "Locks and pointers, about 50 bytes an element, are not counted.",
  source:
    "hnswlib hnswalg.h: level 0 holds 2M links, a 4-byte count, the vector and an 8-byte label; level multiplier 1 / ln M.",
});
