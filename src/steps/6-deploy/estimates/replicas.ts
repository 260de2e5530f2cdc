/** The replicas that a rate needs, by Little's law. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Little 1961; the target utilization leaves room for queues and lost replicas. */
export const replicas = defineEstimate({
  name: "replicas",
  step: 6,
  summary: "the replicas that a rate needs, by Little's law",
  inputs: {
    rate: { kind: "rate", about: "requests per second at the peak", example: "8.68k/s" },
    time: { kind: "duration", about: "mean time of a request in a replica", example: "85 ms" },
    slots: { kind: "count", about: "requests a replica serves at once", example: "8" },
    utilization: { kind: "share", about: "share of the slots in use at the peak", default: "60%" },
  },
  formula: `
    in_flight = rate * time  # Little's law
    replicas = ceil(in_flight / (slots * utilization))
    servers = replicas * slots  # requests served at once by all of them
  `,
  answer: "replicas",
  checks: [
    { holds: "time > 0 s", otherwise: "a request takes time" },
    { holds: "slots > 0", otherwise: "a replica serves at least one request at once" },
    { holds: "utilization > 0", otherwise: "at a utilization of 0 % no replica does anything" },
  ],
  source: "Little 1961; the target utilization leaves room for queues and lost replicas.",
});
