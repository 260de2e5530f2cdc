/** Response time (wait and service) of an M/M/c queue: its tail and its quantiles. */

import { erlangC } from "./erlang.ts";

/**
 * `P(T > t)` for Poisson arrivals at `rate`, exponential service of mean `serviceTime`, `servers` in parallel, one queue,
 * first come first served. With `C` Erlang's waiting probability, `mu` the service rate and `k = c - 1 - rate/mu`:
 * `e^(-mu t) [1 + C (1 - e^(-mu k t)) / k]`, and `e^(-mu t) (1 + C mu t)` for `k = 0`. Source: the wait is 0 with probability
 * `1 - C` and else exponential with rate `c mu - rate` (any queueing text, e.g. Gross and Harris); its sum with the service.
 * NaN where the queue has no steady state.
 */
export function responseTail(rate: number, serviceTime: number, servers: number, t: number): number {
  if (!(t >= 0) || !(serviceTime > 0) || !(rate >= 0)) return Number.NaN;
  return tailGiven(erlangC(rate * serviceTime, servers), rate * serviceTime, servers, t / serviceTime);
}

/** The time below which a share `quantile` of the responses stay, by bisection of `responseTail` to 1e-12 relative. */
export function responseQuantile(rate: number, serviceTime: number, servers: number, quantile: number): number {
  const load = rate * serviceTime;
  const waits = erlangC(load, servers);
  if (!(quantile >= 0 && quantile < 1) || !(serviceTime > 0) || !(waits >= 0)) return Number.NaN;
  if (quantile === 0) return 0;
  const tail = 1 - quantile;
  let low = 0;
  let high = 1;
  while (tailGiven(waits, load, servers, high) > tail) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (tailGiven(waits, load, servers, middle) > tail) low = middle;
    else high = middle;
  }
  return ((low + high) / 2) * serviceTime;
}

/** `t` in service times. `expm1(-k t)/k` is smooth through k = 0, where it is -t. */
function tailGiven(waits: number, load: number, servers: number, t: number): number {
  const k = servers - 1 - load;
  if (-k * t > 1) return Math.exp(-t) + (waits * (Math.exp(-t) - Math.exp(-(1 + k) * t))) / k;
  const factor = Math.abs(k * t) < 1e-12 ? t : -Math.expm1(-k * t) / k;
  return Math.exp(-t) * (1 + waits * factor);
}
