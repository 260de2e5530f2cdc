/** The memory of an online feature store. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: rows x (values and key) x copies. */
export const featureStore = defineEstimate({
  name: "feature-store",
  step: 3,
  summary: "the memory of an online feature store",
  inputs: {
    rows: { kind: "count", about: "entities with a row", example: "2M" },
    features: { kind: "count", about: "features of each", example: "3" },
    value: { kind: "size", about: "bytes per value", default: "8 B" },
    overhead: { kind: "size", about: "bytes of key and bookkeeping per row", default: "64 B" },
    replication: { kind: "factor", about: "copies of each row", default: "2x" },
  },
  formula: `
    row = features * value + overhead -> B
    memory = rows * row * replication
  `,
  answer: "memory",
  source: "Arithmetic: rows x (values and key) x copies.",
});
