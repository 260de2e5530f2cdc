/** The size of weights pruned to two of every four. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Mishra et al. 2021: 9/16 of the size in 16 bit, 5/8 in 8 bit. */
export const twoFourPruning = defineEstimate({
  name: "two-four-pruning",
  step: 5,
  summary: "the size of weights pruned to two of every four",
  inputs: {
    params: { kind: "count", about: "parameters", example: "1bn" },
    component: { kind: "size", about: "bytes per weight", default: "2 B" },
  },
  formula: `
    dense = params * component
    sparse = params / 2 * (component + 2 bit)  # half the values, two bits of place each
    ratio = sparse / dense -> x
  `,
  answer: "sparse",
  checks: [
    { holds: "params > 0", otherwise: "a model has parameters" },
    { holds: "component > 0 B", otherwise: "weights have at least a bit" },
  ],
  source: "Mishra et al. 2021: 9/16 of the size in 16 bit, 5/8 in 8 bit.",
});
