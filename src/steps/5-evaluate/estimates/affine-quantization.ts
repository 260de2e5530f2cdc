/** Scale, zero point and the largest rounding error of an affine quantizer. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Jacob et al. 2018. */
export const affineQuantization = defineEstimate({
  name: "affine-quantization",
  step: 5,
  summary: "scale, zero point and the largest rounding error of an affine quantizer",
  inputs: {
    least: { kind: "number", about: "the least value", example: "-1.2" },
    greatest: { kind: "number", about: "the greatest value", example: "3.8" },
    bits: { kind: "count", about: "bits", default: "8" },
  },
  formula: `
    scale = (greatest - least) / (2^bits - 1)
    zero_point = round(-least / scale)
    error = scale / 2  # at most, inside the range
  `,
  answer: "scale",
  checks: [
    { holds: "greatest > least", otherwise: "the greatest value must exceed the least" },
    { holds: "bits >= 1", otherwise: "a code has at least one bit" },
  ],
  source: "Jacob et al. 2018.",
});
