/** All alerts of a design in one list, each with what it is about. */

import type { Design } from "../design.ts";
import type { MonitorFacts } from "./schema.ts";

/** What alerts on drift state besides. */
type DriftFacts = Pick<NonNullable<MonitorFacts["drift"]>[number], "on" | "bins" | "p-value" | "correction">;
type AlertFacts = NonNullable<MonitorFacts["health"]>[number] & DriftFacts;
export type AlertKind = NonNullable<AlertFacts["kind"]>;

export interface Alert {
  readonly facts: AlertFacts;
  readonly path: string;
  readonly kind: AlertKind;
  /** Seconds until the label of a prediction is known, where the note says. */
  readonly lag?: number;
}

export function alertsOf({ monitor }: Design): Alert[] {
  const of = (alerts: readonly AlertFacts[] | undefined, group: string, usual: AlertKind | undefined): Alert[] =>
    (alerts ?? []).map((facts, i) => ({
      facts,
      path: `7.${group}[${i}]`,
      kind: facts.kind ?? kindOfMetric(facts.metric) ?? usual ?? "business",
    }));
  return [
    ...of(monitor.health, "health", undefined),
    ...of(monitor.drift, "drift", "drift"),
    ...of(monitor.quality, "quality", "performance").map((alert, i) => ({
      ...alert,
      lag: monitor.quality?.[i].lag?.value,
    })),
  ];
}

const KINDS: readonly (readonly [RegExp, AlertKind])[] = [
  [/latency|\bp\d\d|response time/u, "latency"],
  [/error|5xx|availab|exception|failed request/u, "error-rate"],
  [/fallback/u, "fallback-rate"],
  [/gpu/u, "saturation-gpu"],
  [/memory|\bram\b|\brss\b/u, "saturation-memory"],
  [/cpu|utili[sz]ation|saturation|queue/u, "saturation-cpu"],
  [/traffic|request rate|requests|\brps\b|\bqps\b|throughput/u, "traffic"],
  [/null|missing|schema|freshness|staleness|row count|volume of/u, "data-quality"],
  [/job.*(?:late|delay)|late job/u, "job-late"],
  [/job/u, "job-failed"],
  [/output volume|predictions written/u, "output-volume"],
  [/\bpsi\b|\bks\b|drift|jensen|wasserstein|kolmogorov|chi2|chi.square|cram[eé]r|kullback/u, "drift"],
];

/** The kind that a metric's name implies. */
function kindOfMetric(metric: string): AlertKind | undefined {
  const plain = metric.toLowerCase();
  return KINDS.find(([pattern]) => pattern.test(plain))?.[1];
}
