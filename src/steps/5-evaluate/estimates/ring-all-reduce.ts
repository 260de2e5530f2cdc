/** How long a ring all-reduce takes. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Patarasuk and Yuan 2009; nccl-tests, PERFORMANCE.md. */
export const ringAllReduce = defineEstimate({
  name: "ring-all-reduce",
  step: 5,
  summary: "how long a ring all-reduce takes",
  inputs: {
    bytes: { kind: "size", about: "bytes to reduce", example: "14 GB" },
    ranks: { kind: "count", about: "devices in the ring", example: "8" },
    bandwidth: { kind: "bandwidth", about: "one-way bandwidth of each device", example: "450 GB/s" },
    latency: { kind: "duration", about: "latency of one step", default: "0 s" },
  },
  formula: `
    factor = 2 * (ranks - 1) / ranks -> x  # reduce-scatter, then all-gather
    bandwidth_term = factor * bytes / bandwidth
    latency_term = 2 * (ranks - 1) * latency
    time = bandwidth_term + latency_term
    algorithm_bandwidth = bytes / time  # algbw
    bus_bandwidth = algorithm_bandwidth * factor  # busbw
  `,
  answer: "time",
  checks: [
    { holds: "ranks >= 2", otherwise: "a ring has at least two devices" },
    { holds: "bytes > 0 B", otherwise: "there is nothing to reduce" },
    { holds: "bandwidth > 0 B/s", otherwise: "a link of 0 bytes per second moves nothing" },
  ],
  note: "NVLink is sold by the sum of both directions: halve it. InfiniBand and Ethernet are quoted in bits.",
  source: "Patarasuk and Yuan 2009; nccl-tests, PERFORMANCE.md.",
});
