/** How often a job on many nodes fails. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Independent exponential failures add up. */
export const clusterMtbf = defineEstimate({
  name: "cluster-mtbf",
  step: 5,
  summary: "how often a job on many nodes fails",
  inputs: {
    node_mtbf: { kind: "duration", about: "mean time between failures of one node", example: "50000 h" },
    nodes: { kind: "count", about: "nodes", example: "2000" },
  },
  formula: `
    mtbf = node_mtbf / nodes
  `,
  answer: "mtbf",
  checks: [{ holds: "nodes >= 1", otherwise: "a job runs on at least one node" }],
  source: "Independent exponential failures add up.",
});
