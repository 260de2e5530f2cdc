/** Waiting and response times of a pool of equal servers with one queue (M/M/c). */

import { defineEstimate } from "../../../estimate/define.ts";

/** Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory. */
export const mmcQueue = defineEstimate({
  name: "mmc-queue",
  step: 6,
  summary: "waiting and response times of a pool of equal servers with one queue (M/M/c)",
  inputs: {
    rate: { kind: "rate", about: "arrivals per second", example: "90/s" },
    service: { kind: "duration", about: "mean time of one service", example: "100 ms" },
    servers: { kind: "count", about: "servers", example: "12" },
    quantile: { kind: "share", about: "the quantile asked for", default: "99%" },
    beyond: { kind: "duration", about: "a time whose excess is asked for", default: "0 s" },
  },
  formula: `
    load = rate * service  # in erlang
    utilization = load / servers -> %
    lost = erlang_b(load, servers) -> %  # if there were no queue
    waits = erlang_c(load, servers) -> %
    wait = waits * service / (servers - load)
    response = wait + service
    queue_length = rate * wait
    in_system = rate * response
    wait_over = waits * exp(-(servers - load) * beyond / service) -> %
    response_over = response_tail(rate, service, servers, beyond) -> %
    wait_at_quantile = max(0 s, ln(max(waits, 1e-300) / (1 - quantile)) * service / (servers - load))
    response_at_quantile = response_quantile(rate, service, servers, quantile)
  `,
  answer: "response_at_quantile",
  checks: [
    {
      holds: "rate * service < servers",
      otherwise: "more arrives than the servers can serve: add servers",
    },
    { holds: "quantile < 1", otherwise: "no time is long enough for all of them: ask for less than 100 %" },
    { holds: "service > 0 s", otherwise: "a service takes time" },
  ],
  note: "Poisson arrivals, exponential service, one queue, first come first served, endless patience.",
  source: "Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory.",
});
