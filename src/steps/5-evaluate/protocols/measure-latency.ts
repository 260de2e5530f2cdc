/** Measures how long single calls take: every call timed apart, after a warm-up, percentiles of all. */

import type { Stopwatch } from "../../../system/environment.ts";

/** Seconds. */
export interface Latency {
  readonly calls: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  /** Calls that threw. */
  readonly failed: number;
  /** Of the time on the clock, the part in which this process had a processor, at most 1; null where that was not counted. */
  readonly processorShare: number | null;
}

/** A warm-up lets the compiler finish: a server that has just started is a case of its own. */
const WARM_UP_CALLS = 200;

/** Calls `call(i)` for i from 0 to `calls` - 1, one after the other. A call that throws counts as failed and is timed all the same. */
export function measureLatency(calls: number, call: (index: number) => void, stopwatch: Stopwatch): Latency {
  return measurePath(calls, [call], stopwatch).whole;
}

/**
 * The same of a path of parts, each of which goes on where the one before ended: the whole and its parts are timed in the same calls, so that no
 * part takes longer than the whole. A call ends with the part that throws; parts behind it are not timed.
 */
export function measurePath(
  calls: number,
  parts: readonly ((index: number) => void)[],
  stopwatch: Stopwatch,
): { readonly whole: Latency; readonly parts: readonly Latency[] } {
  for (let i = 0; i < WARM_UP_CALLS; i++) {
    const index = i % Math.max(1, calls);
    parts.every((part) => attempt(part, index));
  }
  const seconds = parts.map(() => new Float64Array(calls).fill(Number.NaN));
  const all = new Float64Array(calls);
  const failed = parts.map(() => 0);
  const began = { clock: stopwatch.now(), worked: stopwatch.worked?.() };
  for (let i = 0; i < calls; i++) {
    const started = stopwatch.now();
    let reached = started;
    for (let at = 0; at < parts.length; at++) {
      const isDone = attempt(parts[at], i);
      const now = stopwatch.now();
      seconds[at][i] = now - reached;
      reached = now;
      if (isDone) continue;
      failed[at]++;
      break;
    }
    all[i] = reached - started;
  }
  const processorShare = processorShareSince(began, stopwatch);
  return {
    whole: latencyOf(
      all,
      failed.reduce((sum, one) => sum + one, 0),
      processorShare,
    ),
    parts: seconds.map((one, at) =>
      latencyOf(
        one.filter((each) => !Number.isNaN(each)),
        failed[at],
        processorShare,
      ),
    ),
  };
}

function latencyOf(seconds: Float64Array, failed: number, processorShare: number | null): Latency {
  const calls = seconds.length;
  const mean = seconds.reduce((sum, one) => sum + one, 0) / Math.max(1, calls);
  seconds.sort();
  const [p50, p90, p95, p99, p999] = [0.5, 0.9, 0.95, 0.99, 0.999].map((share) => nearestRank(seconds, share));
  return { calls, mean, p50, p90, p95, p99, p999, failed, processorShare };
}

/** Processor time over time on the clock since then. Helper threads of the engine may add to it: no share is above 1. */
export function processorShareSince(
  began: { readonly clock: number; readonly worked: number | undefined },
  stopwatch: Stopwatch,
): number | null {
  const worked = stopwatch.worked?.();
  const passed = stopwatch.now() - began.clock;
  if (worked === undefined || began.worked === undefined || !(passed > 0)) return null;
  return Math.min(1, (worked - began.worked) / passed);
}

function attempt(call: (index: number) => void, index: number): boolean {
  try {
    call(index);
    return true;
  } catch {
    return false;
  }
}

/** The smallest value that at least this share of the values does not exceed. */
function nearestRank(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
