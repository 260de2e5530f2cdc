/** Waiting and response times of one server with a queue (M/M/1). */

import { defineEstimate } from "../../../estimate/define.ts";

/** Any queueing text: response exponential with mean 1 / (mu - lambda). */
export const mm1Queue = defineEstimate({
  name: "mm1-queue",
  step: 6,
  summary: "waiting and response times of one server with a queue (M/M/1)",
  inputs: {
    rate: { kind: "rate", about: "arrivals per second", example: "80/s" },
    service: { kind: "duration", about: "mean time of one service", example: "10 ms" },
    quantile: { kind: "share", about: "the quantile asked for", default: "99%" },
  },
  formula: `
    utilization = rate * service -> %
    response = service / (1 - utilization)
    wait = response - service
    in_system = rate * response
    response_at_quantile = -ln(1 - quantile) * response  # the response is exponential
    wait_at_quantile = max(0 s, ln(max(utilization, 1e-300) / (1 - quantile)) * response)
  `,
  answer: "response_at_quantile",
  checks: [
    { holds: "rate * service < 1", otherwise: "more arrives than the server can serve" },
    { holds: "quantile < 1", otherwise: "no time is long enough for all of them: ask for less than 100 %" },
  ],
  source: "Any queueing text: response exponential with mean 1 / (mu - lambda).",
});
