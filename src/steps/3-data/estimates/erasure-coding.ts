/** The disk that erasure coding needs, beside three replicas. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Reed and Solomon 1960: k data and m parity shards store (k + m) / k of the data and survive m losses. */
export const erasureCoding = defineEstimate({
  name: "erasure-coding",
  step: 3,
  summary: "the disk that erasure coding needs, beside three replicas",
  inputs: {
    data_shards: { kind: "count", about: "data shards", example: "10" },
    parity_shards: { kind: "count", about: "parity shards", example: "4" },
    logical: { kind: "size", about: "bytes to keep", example: "1000 TB" },
  },
  formula: `
    overhead = (data_shards + parity_shards) / data_shards -> x
    stored = logical * overhead
    three_replicas = logical * 3
  `,
  answer: "stored",
  checks: [{ holds: "data_shards >= 1", otherwise: "at least one data shard is needed" }],
  source: "Reed and Solomon 1960: k data and m parity shards store (k + m) / k of the data and survive m losses.",
});
