/** The most that smaller weights can speed up decoding, when other bytes stay. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Amdahl 1967, on bytes. */
export const decodeSpeedup = defineEstimate({
  name: "decode-speedup",
  step: 5,
  summary: "the most that smaller weights can speed up decoding, when other bytes stay",
  inputs: {
    other: { kind: "share", about: "share of the bytes of a 16-bit step that are not weights", example: "10%" },
    weight_ratio: { kind: "factor", about: "how much smaller the weights get", example: "3.85x" },
  },
  formula: `
    speedup = 1 / (other + (1 - other) / weight_ratio) -> x
  `,
  answer: "speedup",
  checks: [{ holds: "weight_ratio > 0", otherwise: "a ratio of 0 means endless weights" }],
  source: "Amdahl 1967, on bytes.",
});
