/** The one-way bandwidth of a PCI Express link. */

import { defineEstimate } from "../../../estimate/define.ts";

/** PCI Express base specification, generations 3 to 5. */
export const pcieBandwidth = defineEstimate({
  name: "pcie-bandwidth",
  step: 6,
  summary: "the one-way bandwidth of a PCI Express link",
  inputs: {
    transfers: {
      kind: "rate",
      about: "transfers per second of a lane: 8, 16 or 32 G for generations 3, 4, 5",
      example: "16G/s",
    },
    lanes: { kind: "count", about: "lanes", default: "16" },
  },
  formula: `
    bandwidth = transfers * lanes * 128 / 130 * 1 bit  # 128b/130b encoding
  `,
  answer: "bandwidth",
  source: "PCI Express base specification, generations 3 to 5.",
});
