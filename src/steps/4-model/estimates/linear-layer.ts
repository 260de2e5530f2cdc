/** Parameters and FLOP of a fully connected layer. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: one MAC, two FLOP, per weight and row. */
export const linearLayer = defineEstimate({
  name: "linear-layer",
  step: 4,
  summary: "parameters and FLOP of a fully connected layer",
  inputs: {
    batch: { kind: "count", about: "rows in the batch", example: "32" },
    inputs: { kind: "count", about: "input width", example: "4096" },
    outputs: { kind: "count", about: "output width", example: "11008" },
    bias: { kind: "count", about: "1 with a bias, 0 without", default: "0" },
  },
  formula: `
    params = inputs * outputs + bias * outputs
    flops = 2 FLOP * batch * inputs * outputs
  `,
  answer: "flops",
  source: "Arithmetic: one MAC, two FLOP, per weight and row.",
});
