/** A look at a live service: its counters at a moment, and what lies between two looks. Pure. */

import { quantileOf, type Sample, total } from "./read-metrics.ts";

export interface Look {
  /** Seconds. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** What happened between two looks. */
export interface Between {
  readonly seconds: number;
  readonly requests: number;
  /** Answered 5xx. */
  readonly failed: number;
  readonly shed: number;
  readonly degraded: number;
  /** CPU seconds. */
  readonly cpu: number;
  /** Upper bound of the bucket, in seconds; NaN where nothing was asked. */
  latency(q: number): number;
}

/** Of the system's own endpoints: whoever looks at the metrics is counted apart from them. */
export function between(before: Look, now: Look): Between {
  const grown = (name: string, fits: (labels: Sample["labels"]) => boolean = () => true): number =>
    total(now.samples, name, fits) - total(before.samples, name, fits);
  return {
    seconds: now.at - before.at,
    requests: grown("heptad_requests_total"),
    failed: grown("heptad_requests_total", ({ status }) => status.startsWith("5")),
    shed: grown("heptad_shed_total"),
    degraded: grown("heptad_degraded_total"),
    cpu: grown("heptad_cpu_seconds_total"),
    latency: (q) => quantileOf(now.samples, "heptad_request_seconds", q, undefined, before.samples),
  };
}

/** At most so many looks are kept. */
const MOST_LOOKS = 600;

/** Adds a look; of older ones every second goes when there are too many, so that hours fit. */
export function withLook(looks: readonly Look[], look: Look): readonly Look[] {
  const all = [...looks, look];
  if (all.length <= MOST_LOOKS) return all;
  const half = all.length >> 1;
  return all.filter((_, i) => i >= half || i % 2 === 0);
}

/** The newest look that lies at least `seconds` before the last one; the first of all where none does, and `isWhole` says so. */
export function lookBefore(
  looks: readonly Look[],
  seconds: number,
): { readonly look: Look; readonly isWhole: boolean } {
  const last = looks[looks.length - 1];
  const found = looks.findLast(({ at }) => at <= last.at - seconds);
  return found === undefined ? { look: looks[0], isWhole: false } : { look: found, isWhole: true };
}
