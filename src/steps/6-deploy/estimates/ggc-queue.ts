/** The mean wait when arrivals and services vary more or less than exponentially. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Allen and Cunneen, after Allen 1978. */
export const ggcQueue = defineEstimate({
  name: "ggc-queue",
  step: 6,
  summary: "the mean wait when arrivals and services vary more or less than exponentially",
  inputs: {
    rate: { kind: "rate", about: "arrivals per second", example: "90/s" },
    service: { kind: "duration", about: "mean time of one service", example: "100 ms" },
    servers: { kind: "count", about: "servers", example: "12" },
    arrival_scv: { kind: "number", about: "squared coefficient of variation of the gaps", default: "1" },
    service_scv: { kind: "number", about: "squared coefficient of variation of the services", default: "1" },
  },
  formula: `
    exponential_wait = erlang_c(rate * service, servers) * service / (servers - rate * service)
    wait = exponential_wait * (arrival_scv + service_scv) / 2
  `,
  answer: "wait",
  checks: [
    {
      holds: "rate * service < servers",
      otherwise: "more arrives than the servers can serve: add servers",
    },
    { holds: "arrival_scv >= 0", otherwise: "a squared coefficient of variation is not negative" },
    { holds: "service_scv >= 0", otherwise: "a squared coefficient of variation is not negative" },
  ],
  note: "An approximation; exact for exponential gaps and services.",
  source: "Allen and Cunneen, after Allen 1978.",
});
