/** A live service as a person looks at it: what was asked, how long it took beside the limits, drift, alerts, the experiment. Pure. */

import type { Design } from "../steps/design.ts";
import { type LiveAlert, liveAlerts } from "./live-alerts.ts";
import { between, type Look, lookBefore } from "./live-look.ts";
import { quantileOf, total } from "./read-metrics.ts";

export interface LiveLatency {
  /** A stage of the note's budget, or `the whole`. */
  readonly name: string;
  /** Requests that it was measured on. */
  readonly n: number;
  /** Seconds: at most so much, the bound of a bucket. Absent where nothing was measured, or beyond the last bound. */
  readonly p50?: number;
  readonly p99?: number;
  readonly limit?: number;
}

export interface LiveView {
  /** Seconds that the figures are of: the last minute, or less where it was watched for less. */
  readonly seconds: number;
  readonly requests: number;
  readonly failed: number;
  readonly shed: number;
  readonly degraded: number;
  /** Since it was started. */
  readonly all: number;
  readonly memory: number;
  readonly latency: readonly LiveLatency[];
  readonly drift: readonly { readonly of: string; readonly psi: number }[];
  readonly alerts: readonly LiveAlert[];
}

const SHOWN_SECONDS = 60;

export function liveView(design: Design, looks: readonly Look[], since: Map<string, number>): LiveView | undefined {
  if (looks.length < 2) return undefined;
  const now = looks[looks.length - 1];
  const { look: before } = lookBefore(looks, SHOWN_SECONDS);
  const seen = between(before, now);
  const budget = design.deploy.serving?.budget ?? {};
  const stages = [
    ...new Set(
      now.samples.flatMap(({ name, labels }) => (name === "heptad_stage_seconds_count" ? [labels.stage] : [])),
    ),
  ];
  // Of all since the start: a person's requests are too few for a minute to say anything.
  const whole = between(looks[0], now);
  const first = looks[0].samples;
  return {
    seconds: seen.seconds,
    requests: seen.requests,
    failed: seen.failed,
    shed: seen.shed,
    degraded: seen.degraded,
    all: total(now.samples, "heptad_requests_total"),
    memory: total(now.samples, "heptad_memory_bytes"),
    latency: [
      {
        name: "the whole",
        n: whole.requests,
        ...bounds((q) => whole.latency(q)),
        limit: design.clarify.latency?.p99?.value,
      },
      ...stages.map((stage) => {
        const isStage = (labels: Readonly<Record<string, string>>): boolean => labels.stage === stage;
        const count = (samples: Look["samples"]): number => total(samples, "heptad_stage_seconds_count", isStage);
        return {
          name: stage,
          n: count(now.samples) - count(first),
          ...bounds((q) => quantileOf(now.samples, "heptad_stage_seconds", q, isStage, first)),
          limit: budget[stage]?.value,
        };
      }),
    ],
    drift: now.samples
      .filter(({ name, value }) => name === "heptad_drift_psi" && Number.isFinite(value))
      .map(({ labels, value }) => ({ of: labels.of, psi: value }))
      .toSorted((a, b) => b.psi - a.psi),
    alerts: liveAlerts(design, looks, since),
  };
}

function bounds(quantile: (q: number) => number): { readonly p50?: number; readonly p99?: number } {
  const [p50, p99] = [quantile(0.5), quantile(0.99)];
  return { ...(Number.isFinite(p50) ? { p50 } : {}), ...(Number.isFinite(p99) ? { p99 } : {}) };
}
