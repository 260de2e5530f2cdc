/** How long an inference takes on a microcontroller. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: MACs over clock x MAC per cycle; range in use from Lai, Suda and Chandra 2018 (CMSIS-NN). */
export const microcontrollerLatency = defineEstimate({
  name: "microcontroller-latency",
  step: 6,
  summary: "how long an inference takes on a microcontroller",
  inputs: {
    macs: { kind: "work", about: "multiply-accumulates of the model", example: "2.5M MAC" },
    clock: { kind: "rate", about: "clock", example: "80 MHz" },
    macs_per_cycle: { kind: "number", about: "MAC per cycle reached; kernels reach 0.3 to 0.7", example: "0.5" },
  },
  formula: `
    time = macs / (clock * macs_per_cycle * 1 MAC)
  `,
  answer: "time",
  checks: [
    { holds: "macs_per_cycle > 0", otherwise: "at 0 MAC per cycle nothing is computed" },
    { holds: "clock > 0 /s", otherwise: "a clock of 0 Hz computes nothing" },
  ],
  source: "Arithmetic: MACs over clock x MAC per cycle; range in use from Lai, Suda and Chandra 2018 (CMSIS-NN).",
});
