/** The histogram work of gradient-boosted trees, and the time it takes one processor core. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Chen and Guestrin 2016; Ke et al. 2017: rows x features per level. */
export const treeTraining = defineEstimate({
  name: "tree-training",
  step: 5,
  summary: "the histogram work of gradient-boosted trees, and the time it takes one processor core",
  inputs: {
    rows: { kind: "count", about: "training rows", example: "1M" },
    features: { kind: "count", about: "features", example: "28" },
    trees: { kind: "count", about: "trees", example: "100" },
    leaves: { kind: "count", about: "leaves of a tree", example: "31" },
    update: { kind: "duration", about: "time of one histogram update", default: "1.5 ns" },
  },
  formula: `
    depth = log2(leaves)  # levels of a balanced tree
    updates = rows * features * trees * depth
    core_time = updates * update
  `,
  answer: "core_time",
  checks: [{ holds: "leaves >= 2", otherwise: "a tree has at least two leaves" }],
  note: "Subtracting histograms halves the updates; the time per update is an assumption to be measured on your machine.",
  source: "Chen and Guestrin 2016; Ke et al. 2017: rows x features per level.",
});
