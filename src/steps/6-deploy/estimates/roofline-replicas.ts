/** The replicas that a rate needs when each request moves bytes and computes. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Williams, Waterman and Patterson 2009. */
export const rooflineReplicas = defineEstimate({
  name: "roofline-replicas",
  step: 6,
  summary: "the replicas that a rate needs when each request moves bytes and computes",
  inputs: {
    rate: { kind: "rate", about: "requests per second at the peak", example: "1200/s" },
    bytes: { kind: "size", about: "bytes read per request", example: "1 MB" },
    flops: { kind: "work", about: "FLOP per request", example: "500 kFLOP" },
    bandwidth: { kind: "bandwidth", about: "memory bandwidth of a replica", example: "200 GB/s" },
    peak: { kind: "compute", about: "peak arithmetic of a replica", example: "3 TFLOP/s" },
    utilization: { kind: "share", about: "share of it used at the peak", default: "60%" },
  },
  formula: `
    memory_time = bytes / bandwidth
    compute_time = flops / peak
    busy = max(memory_time, compute_time)  # the roofline: the slower of the two
    per_replica = utilization / busy -> req/s
    replicas = ceil(rate / per_replica)
  `,
  answer: "replicas",
  checks: [
    { holds: "bandwidth > 0", otherwise: "memory with a bandwidth of 0 is never read" },
    { holds: "peak > 0", otherwise: "arithmetic at 0 FLOP/s never ends" },
    { holds: "utilization > 0", otherwise: "at a utilization of 0 % no replica does anything" },
    { holds: "bytes > 0", otherwise: "a request reads something" },
  ],
  source: "Williams, Waterman and Patterson 2009.",
});
