/** Availability from how often something fails and how fast it is mended. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Alternating renewal process: up time over all time. */
export const repairAvailability = defineEstimate({
  name: "repair-availability",
  step: 7,
  summary: "availability from how often something fails and how fast it is mended",
  inputs: {
    mtbf: { kind: "duration", about: "mean time between failures", example: "1000 h" },
    mttr: { kind: "duration", about: "mean time to repair", example: "1 h" },
  },
  formula: `
    availability = mtbf / (mtbf + mttr) -> %
    downtime = (1 - availability) * 30 d -> min  # in 30 days
  `,
  answer: "availability",
  checks: [{ holds: "mtbf + mttr > 0 s", otherwise: "both times are 0" }],
  source: "Alternating renewal process: up time over all time.",
});
