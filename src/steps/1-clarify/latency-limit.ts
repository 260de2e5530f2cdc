/** The latency that the design promises: the percentile named, p99 first. */

import type { Design } from "../design.ts";

export interface LatencyLimit {
  /** `p99`, or `mean`. */
  readonly name: string;
  /** 99 for p99; undefined for the mean. */
  readonly percentile: number | undefined;
  readonly seconds: number;
  /** As written. */
  readonly text: string;
  readonly path: string;
}

const ORDER = ["p99", "p99.9", "p95", "p90", "p50", "mean"] as const;

export function latencyLimitOf({ clarify }: Design): LatencyLimit | undefined {
  const name = ORDER.find((one) => clarify.latency?.[one] !== undefined);
  const written = name === undefined ? undefined : clarify.latency?.[name];
  if (name === undefined || written === undefined) return undefined;
  const percentile = name === "mean" ? undefined : Number(name.slice(1));
  return { name, percentile, seconds: written.value, text: written.text, path: `1.latency.${name}` };
}
