/** Output size, parameters and FLOP of a two-dimensional convolution. */

import { defineEstimate } from "../../../estimate/define.ts";

/** PyTorch Conv2d, shape section; FLOP = 2 x MAC. */
export const conv2d = defineEstimate({
  name: "conv2d",
  step: 4,
  summary: "output size, parameters and FLOP of a two-dimensional convolution",
  inputs: {
    height: { kind: "count", about: "input height", example: "224" },
    width: { kind: "count", about: "input width", example: "224" },
    inputs: { kind: "count", about: "input channels", example: "3" },
    outputs: { kind: "count", about: "output channels", example: "64" },
    kernel: { kind: "count", about: "kernel side", example: "7" },
    stride: { kind: "count", about: "stride", default: "1" },
    padding: { kind: "count", about: "padding on each side", default: "0" },
    dilation: { kind: "count", about: "dilation", default: "1" },
    groups: { kind: "count", about: "groups", default: "1" },
    bias: { kind: "count", about: "1 with a bias, 0 without", default: "0" },
  },
  formula: `
    height_out = floor((height + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
    width_out = floor((width + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
    params = kernel^2 * inputs / groups * outputs + bias * outputs
    macs = kernel^2 * inputs / groups * outputs * height_out * width_out
    flops = 2 FLOP * macs  # a MAC is two FLOP
  `,
  answer: "flops",
  checks: [
    { holds: "stride >= 1", otherwise: "the stride is at least 1" },
    { holds: "groups >= 1", otherwise: "there is at least one group" },
    {
      holds: "height + 2 * padding >= dilation * (kernel - 1) + 1",
      otherwise: "the kernel is larger than the padded input",
    },
    {
      holds: "width + 2 * padding >= dilation * (kernel - 1) + 1",
      otherwise: "the kernel is larger than the padded input",
    },
  ],
  source: "PyTorch Conv2d, shape section; FLOP = 2 x MAC.",
});
