/** The size of weights quantized in groups. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Frantar et al. 2023 (GPTQ): b + (scale + zero) / group. */
export const weightQuantization = defineEstimate({
  name: "weight-quantization",
  step: 5,
  summary: "the size of weights quantized in groups",
  inputs: {
    params: { kind: "count", about: "parameters", example: "7bn" },
    bits: { kind: "count", about: "bits per weight", example: "4" },
    group: { kind: "count", about: "weights that share a scale", default: "128" },
    scale_bits: { kind: "count", about: "bits of a scale", default: "16" },
    zero_bits: { kind: "count", about: "bits of a zero point", default: "0" },
  },
  formula: `
    bits_per_weight = bits + (scale_bits + zero_bits) / group
    size = params * bits_per_weight * 1 bit
    fp16_size = params * 2 B
    ratio = fp16_size / size -> x
  `,
  answer: "size",
  checks: [
    { holds: "group >= 1", otherwise: "a group has at least one weight" },
    { holds: "bits > 0", otherwise: "weights of 0 bits hold nothing" },
    { holds: "params > 0", otherwise: "a model has parameters" },
  ],
  source: "Frantar et al. 2023 (GPTQ): b + (scale + zero) / group.",
});
