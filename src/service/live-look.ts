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

/** Requests to the system's own endpoints alone: whoever looks at the metrics asks too. */
export function between(before: Look, now: Look, endpoints: readonly string[]): Between {
  const isOwn = ({ path }: Sample["labels"]): boolean => endpoints.includes(path);
  const grown = (name: string, fits: (labels: Sample["labels"]) => boolean = () => true): number =>
    total(now.samples, name, fits) - total(before.samples, name, fits);
  return {
    seconds: now.at - before.at,
    requests: grown("heptad_requests_total", isOwn),
    failed: grown("heptad_requests_total", (labels) => isOwn(labels) && labels.status.startsWith("5")),
    shed: grown("heptad_shed_total"),
    degraded: grown("heptad_degraded_total"),
    cpu: grown("heptad_cpu_seconds_total"),
    latency: (q) => quantileOf(now.samples, "heptad_request_seconds", q, isOwn, before.samples),
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
