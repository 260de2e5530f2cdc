/** The memory per device when optimizer state, gradients and weights are sharded. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Rajbhandari et al. 2020 (ZeRO), figure 1: 120, 31.4, 16.6 and 1.9 GB. */
export const zeroSharding = defineEstimate({
  name: "zero-sharding",
  step: 5,
  summary: "the memory per device when optimizer state, gradients and weights are sharded",
  inputs: {
    params: { kind: "count", about: "parameters", example: "7.5bn" },
    devices: { kind: "count", about: "data-parallel devices", example: "64" },
    weight: { kind: "size", about: "bytes of a weight", default: "2 B" },
    gradient: { kind: "size", about: "bytes of a gradient", default: "2 B" },
    optimizer: { kind: "size", about: "bytes of optimizer state", default: "12 B" },
  },
  formula: `
    stage0 = params * (weight + gradient + optimizer)  # everything everywhere
    stage1 = params * (weight + gradient + optimizer / devices)  # optimizer sharded
    stage2 = params * (weight + (gradient + optimizer) / devices)  # and gradients
    stage3 = params * (weight + gradient + optimizer) / devices  # and weights
  `,
  answer: "stage3",
  checks: [{ holds: "devices >= 1", otherwise: "at least one device is needed" }],
  source: "Rajbhandari et al. 2020 (ZeRO), figure 1: 120, 31.4, 16.6 and 1.9 GB.",
});
