/** The peak bandwidth of a socket's memory channels. */

import { defineEstimate } from "../../../estimate/define.ts";

/** JEDEC DDR: 64 data bits per channel and transfer. */
export const memoryBandwidth = defineEstimate({
  name: "memory-bandwidth",
  step: 6,
  summary: "the peak bandwidth of a socket's memory channels",
  inputs: {
    channels: { kind: "count", about: "memory channels", example: "8" },
    transfers: { kind: "rate", about: "transfers per second of a channel", example: "3200M/s" },
  },
  formula: `
    channel = transfers * 8 B  # 64 bits a transfer
    bandwidth = channels * channel
  `,
  answer: "bandwidth",
  note: "Plan on 75 to 85 % of it from all cores; one core alone reaches far less.",
  source: "JEDEC DDR: 64 data bits per channel and transfer.",
});
