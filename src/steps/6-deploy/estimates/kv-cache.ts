/** The memory of the keys and values that a transformer keeps while it generates. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Shazeer 2019; Ainslie et al. 2023 (grouped queries). */
export const kvCache = defineEstimate({
  name: "kv-cache",
  step: 6,
  summary: "the memory of the keys and values that a transformer keeps while it generates",
  inputs: {
    layers: { kind: "count", about: "layers", example: "32" },
    kv_heads: {
      kind: "count",
      about: "key and value heads: all heads, fewer when grouped, 1 for multi-query",
      example: "8",
    },
    head_dim: { kind: "count", about: "components of a head", example: "128" },
    component: { kind: "size", about: "bytes per component", default: "2 B" },
    context: { kind: "count", about: "tokens in each sequence", example: "8192" },
    batch: { kind: "count", about: "sequences", default: "1" },
  },
  formula: `
    per_token = 2 * layers * kv_heads * head_dim * component -> B  # keys and values
    per_sequence = per_token * context -> GiB
    total = per_sequence * batch -> GiB
  `,
  answer: "total",
  source: "Shazeer 2019; Ainslie et al. 2023 (grouped queries).",
});
