/** The peak arithmetic of a processor from its vector units. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Units x lanes x 2 FLOP per multiply-add x clock. */
export const cpuPeak = defineEstimate({
  name: "cpu-peak",
  step: 6,
  summary: "the peak arithmetic of a processor from its vector units",
  inputs: {
    cores: { kind: "count", about: "cores", example: "64" },
    clock: { kind: "rate", about: "all-core clock under vector load", example: "2.5 GHz" },
    units: { kind: "count", about: "fused multiply-add units per core", example: "2" },
    lanes: { kind: "count", about: "32-bit lanes of a unit: 8 for 256 bit, 16 for 512 bit", example: "8" },
  },
  formula: `
    per_core = units * lanes * 2 FLOP * clock
    peak = cores * per_core
  `,
  answer: "peak",
  note: "Vector code runs below the advertised clock; dot products are bound by loads at about half of this.",
  source: "Units x lanes x 2 FLOP per multiply-add x clock.",
});
