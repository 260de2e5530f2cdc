/** Which guardrails of a note's experiment the service stops it by. Pure. */

import type { DeployFacts } from "../steps/6-deploy/schema.ts";
import type { LatencyLimit } from "./online-experiment.ts";

type NotedGuardrail = NonNullable<NonNullable<DeployFacts["experiment"]>["guardrails"]>[number];

/** Shares of answers that stop any experiment by themselves, as a note may name them. */
const SHARES = /^(?:failed|degraded|slow)(?: answers)?$|^error(?:s| rate)$|^fallback(?:s| rate)$/iu;
/** `p99 latency`, `latency p99.9`. */
const PERCENTILE = /^(?:latency p(\d\d(?:\.\d+)?)|p(\d\d(?:\.\d+)?) latency)$/iu;

/** The guardrail on a percentile of the answers' latency that it is; undefined where it is none. */
export function latencyLimitOf(guardrail: NotedGuardrail): LatencyLimit | undefined {
  const found = PERCENTILE.exec(guardrail.metric.trim());
  const rank = Number(found?.[1] ?? found?.[2] ?? Number.NaN) / 100;
  const { margin, direction } = "margin" in guardrail ? guardrail : { margin: undefined, direction: undefined };
  // A loss of 5 % of a latency would need the latency; what is worse when it is lower is no latency.
  const isTime = margin === undefined || margin.dimension.second === 1;
  if (!(rank > 0 && rank < 1) || !isTime || direction === "lower") return undefined;
  return { name: guardrail.metric, rank, margin: margin?.value ?? 0 };
}

/** Whether an experiment is stopped for it. Shares are compared without a margin: any harm that is certain stops. */
export function isHeeded(guardrail: NotedGuardrail): boolean {
  return SHARES.test(guardrail.metric) || latencyLimitOf(guardrail) !== undefined;
}
