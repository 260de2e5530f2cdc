/** The share of a charge that a day's inferences take. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: energy used over energy held. */
export const batteryShare = defineEstimate({
  name: "battery-share",
  step: 6,
  summary: "the share of a charge that a day's inferences take",
  inputs: {
    battery: { kind: "energy", about: "energy of a full battery", example: "15.4 Wh" },
    inferences: { kind: "count", about: "inferences per day", example: "5000" },
    inference: { kind: "energy", about: "energy of one inference", example: "0.35 J" },
  },
  formula: `
    share = inferences * inference / battery -> %
  `,
  answer: "share",
  checks: [{ holds: "battery > 0 J", otherwise: "an empty battery lasts no time" }],
  source: "Arithmetic: energy used over energy held.",
});
