/** The disk that a stream of events needs, with replicas, compression and head-room. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: bytes per day x days x replicas / compression / fill. */
export const storage = defineEstimate({
  name: "storage",
  step: 3,
  summary: "the disk that a stream of events needs, with replicas, compression and head-room",
  inputs: {
    events: { kind: "count", about: "events per day", example: "500M" },
    event_size: { kind: "size", about: "bytes per event", example: "1200 B" },
    retention: { kind: "duration", about: "how long events are kept", example: "365 d" },
    replication: { kind: "factor", about: "copies of each byte", default: "3x" },
    compression: { kind: "factor", about: "size before over size after compression", default: "1x" },
    growth: { kind: "growth", about: "growth of the events", default: "0%/year" },
    fill: { kind: "share", about: "how full a disk may get", default: "70%" },
  },
  formula: `
    raw = events / 1 day * event_size * retention  # everything once
    compressed = raw / compression  # what object storage bills
    stored = compressed * replication  # what own disks hold
    provisioned = stored / fill  # disks are never run full
    in_a_year = provisioned * (1 + growth * 1 year)  # when the window holds a year of grown traffic
  `,
  answer: "provisioned",
  checks: [
    { holds: "compression > 0", otherwise: "a compression of 0 means nothing is left" },
    { holds: "fill > 0", otherwise: "disks cannot be filled to 0 %" },
  ],
  source: "Arithmetic: bytes per day x days x replicas / compression / fill.",
});
