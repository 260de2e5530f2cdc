/** Simulates a pool of servers with one queue: what half, 99 % and 99.9 % of the requests wait and take, fan-out included. */

import type { Random } from "../core/random.ts";

export interface SimulatedStage {
  /** Mean time of one call, in seconds. */
  readonly mean: number;
  /** Calls made side by side, all of which must answer. Default 1. */
  readonly fanOut?: number;
}

export interface QueueSimulation {
  /** Mean arrivals per second (Poisson). */
  readonly rate: number;
  /** Requests served at once by all replicas together. */
  readonly servers: number;
  /** One after the other, each exponential (its 99th percentile is 4.6 times its mean); a stage that fans out takes its slowest call. */
  readonly stages: readonly SimulatedStage[];
  readonly requests: number;
  readonly random: Random;
}

export interface QueueOutcome {
  readonly requests: number;
  /** Seconds from arrival to answer. */
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Share of the requests that waited. */
  readonly waited: number;
  /** Share of the servers' time in use; 1 and more means that the queue grew as long as the simulation ran. */
  readonly utilization: number;
}

/** The first tenth of the requests finds an empty system and is not counted. */
const WARM_UP = 0.1;

/**
 * First come, first served: each request takes the server that is free first. Throws when a number is not positive: that
 * is a fault of the caller.
 */
export function simulateQueue({ rate, servers, stages, requests, random }: QueueSimulation): QueueOutcome {
  if (!(rate > 0 && servers >= 1 && requests >= 1 && stages.every((stage) => stage.mean > 0))) {
    throw new Error("a simulated queue needs a rate, servers, requests and stages above 0");
  }
  const free = new Float64Array(Math.floor(servers));
  const histogram = new LogHistogram();
  const means = Float64Array.from(stages, (stage) => stage.mean);
  const powers = Float64Array.from(stages, (stage) => 1 / (stage.fanOut ?? 1));
  const skipped = Math.floor(requests * WARM_UP);
  let now = 0;
  let sum = 0;
  let waited = 0;
  let busy = 0;
  for (let i = 0; i < requests; i++) {
    now += random.exponential() / rate;
    let service = 0;
    for (let s = 0; s < means.length; s++) {
      service += powers[s] === 1 ? random.exponential() * means[s] : slowest(random, powers[s]) * means[s];
    }
    const start = Math.max(free[0], now);
    replaceEarliest(free, start + service);
    busy += service;
    if (i < skipped) continue;
    if (start > now) waited++;
    const response = start + service - now;
    sum += response;
    histogram.add(response);
  }
  const counted = requests - skipped;
  return {
    requests: counted,
    mean: sum / counted,
    p50: histogram.quantile(0.5),
    p99: histogram.quantile(0.99),
    p999: histogram.quantile(0.999),
    waited: waited / counted,
    utilization: busy / (now * free.length),
  };
}

/** The largest of n exponential draws from one uniform one: its distribution function is (1 - e^-x)^n. */
function slowest(random: Random, power: number): number {
  const uniform = random.uniform();
  // 1 - u^(1/n) loses its digits for large n; expm1 keeps them.
  return uniform === 0 ? 0 : -Math.log(-Math.expm1(Math.log(uniform) * power));
}

/** A binary heap with the earliest time on top: the top is replaced and sinks. */
function replaceEarliest(heap: Float64Array, time: number): void {
  const size = heap.length;
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= time) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = time;
}

/** Counts by the exponent and the first 9 bits behind the binary point: bins 0.2 % wide, filled without a logarithm. */
class LogHistogram {
  private readonly value = new Float64Array(1);
  private readonly words = new Uint32Array(this.value.buffer);
  private readonly counts = new Uint32Array(2 ** (32 - SHIFT));
  private total = 0;

  add(value: number): void {
    this.value[0] = value;
    this.counts[this.words[HIGH] >>> SHIFT]++;
    this.total++;
  }

  /** Interpolated inside its bin; at least one value must have been added. */
  quantile(q: number): number {
    const rank = q * this.total;
    let below = 0;
    let bin = 0;
    while (below + this.counts[bin] < rank) below += this.counts[bin++];
    const [low, high] = [this.edge(bin), this.edge(bin + 1)];
    return low + ((high - low) * (rank - below)) / Math.max(1, this.counts[bin]);
  }

  private edge(bin: number): number {
    this.words[HIGH] = bin << SHIFT;
    this.words[1 - HIGH] = 0;
    return this.value[0];
  }
}

/** Of the 20 bits of the mantissa in a double's high word 9 are kept. */
const SHIFT = 11;
/** Which half of a double holds its exponent: the second on little-endian machines. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
