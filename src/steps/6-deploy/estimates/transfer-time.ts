/** How long moving bytes over a link takes. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: latency and bytes over bandwidth. */
export const transferTime = defineEstimate({
  name: "transfer-time",
  step: 6,
  summary: "how long moving bytes over a link takes",
  inputs: {
    bytes: { kind: "size", about: "bytes", example: "1 MiB" },
    bandwidth: { kind: "bandwidth", about: "one-way bandwidth", example: "10 Gb/s" },
    latency: { kind: "duration", about: "one-way latency", default: "0 s" },
  },
  formula: `
    time = latency + bytes / bandwidth
  `,
  answer: "time",
  checks: [{ holds: "bandwidth > 0 B/s", otherwise: "a link of 0 bytes per second moves nothing" }],
  source: "Arithmetic: latency and bytes over bandwidth.",
});
