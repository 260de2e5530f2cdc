/** The FLOP of training a dense network on tokens, and how long given accelerators take. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Kaplan et al. 2020 (6 N D); Chowdhery et al. 2022 (MFU). */
export const trainingCompute = defineEstimate({
  name: "training-compute",
  step: 5,
  summary: "the FLOP of training a dense network on tokens, and how long given accelerators take",
  inputs: {
    params: { kind: "count", about: "parameters, without the input embedding", example: "7bn" },
    tokens: { kind: "count", about: "tokens seen", example: "2T" },
    devices: { kind: "count", about: "accelerators", default: "1" },
    peak: { kind: "compute", about: "dense peak of one accelerator", example: "989 TFLOP/s" },
    mfu: { kind: "share", about: "share of the peak reached (MFU)", default: "40%" },
  },
  formula: `
    flops = 6 FLOP * params * tokens  # 2 forward and 4 backward per parameter and token
    device_time = flops / (peak * mfu)
    time = device_time / devices
    with_recomputation = 8 FLOP * params * tokens  # what the hardware does when activations are computed twice
  `,
  answer: "time",
  checks: [
    { holds: "devices >= 1", otherwise: "at least one accelerator is needed" },
    { holds: "peak > 0", otherwise: "an accelerator of 0 FLOP/s never ends" },
    { holds: "mfu > 0", otherwise: "at 0 % of the peak training never ends" },
  ],
  note: "MFU counts 6 per parameter and token, HFU counts 8 with full recomputation; end-to-end training reaches 30 to 50 %.",
  source: "Kaplan et al. 2020 (6 N D); Chowdhery et al. 2022 (MFU).",
});
