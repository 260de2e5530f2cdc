/** The memory of weights, gradients and optimizer state in mixed-precision Adam. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Rajbhandari et al. 2020 (ZeRO), section 3.1. */
export const optimizerMemory = defineEstimate({
  name: "optimizer-memory",
  step: 5,
  summary: "the memory of weights, gradients and optimizer state in mixed-precision Adam",
  inputs: {
    params: { kind: "count", about: "parameters", example: "7bn" },
  },
  formula: `
    weights = params * 2 B
    gradients = params * 2 B
    optimizer = params * 12 B  # 32-bit master copy and two moments
    total = weights + gradients + optimizer  # 16 bytes a parameter
    with_fp32_gradients = total + params * 2 B  # 18 bytes a parameter
  `,
  answer: "total",
  note: "Counts of 12 to 20 bytes a parameter are in use; they differ in the precision of gradients and master copy.",
  source: "Rajbhandari et al. 2020 (ZeRO), section 3.1.",
});
