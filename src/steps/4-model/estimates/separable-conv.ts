/** A depthwise-separable convolution beside the standard one. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Howard et al. 2017 (MobileNets): the ratio is 1/outputs + 1/kernel^2. */
export const separableConv = defineEstimate({
  name: "separable-conv",
  step: 4,
  summary: "a depthwise-separable convolution beside the standard one",
  inputs: {
    height_out: { kind: "count", about: "output height", example: "56" },
    width_out: { kind: "count", about: "output width", example: "56" },
    inputs: { kind: "count", about: "input channels", example: "128" },
    outputs: { kind: "count", about: "output channels", example: "256" },
    kernel: { kind: "count", about: "kernel side", example: "3" },
  },
  formula: `
    standard = kernel^2 * inputs * outputs * height_out * width_out  # MACs
    depthwise = kernel^2 * inputs * height_out * width_out
    pointwise = inputs * outputs * height_out * width_out
    ratio = (depthwise + pointwise) / standard -> x  # 1/outputs + 1/kernel^2
  `,
  answer: "ratio",
  checks: [{ holds: "kernel * inputs * outputs * height_out * width_out > 0", otherwise: "every size is at least 1" }],
  source: "Howard et al. 2017 (MobileNets): the ratio is 1/outputs + 1/kernel^2.",
});
