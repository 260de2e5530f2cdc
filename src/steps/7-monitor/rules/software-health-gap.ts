/** Finds services whose usual ways to fail ring no alert. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import type { Design } from "../../design.ts";
import { type AlertKind, alertsOf } from "../alerts.ts";

interface Found extends Hit {
  readonly lacking: readonly string[];
  readonly covered: readonly string[];
  readonly assumed: boolean;
}

export const rule = defineRule<Found>({
  code: "HP703",
  name: "software-health-gap",
  step: 7,
  reads: ["7.health[].metric", "7.health[].kind", "6.serving.mode", "6.serving.hardware", "6.serving.fallback"],
  severity: "error",
  consequence: "blind",
  summary: "a usual way to fail rings no alert: latency, errors, traffic, saturation, fallbacks",
  why: "a replica that fails quickly even improves the latency chart; each signal shows what the others hide",
  fix: "add the missing kinds: latency p99 (of successes), error rate, request rate (drop and surge), CPU and memory or GPU use, fallback rate",
  sources: ["Site Reliability Engineering (2016), ch. 6", "ML Test Score (2017), Monitor 6"],
  examples: {
    bad: {
      6: "serving: { mode: online, hardware: gpu }",
      7: 'health: [{ metric: latency p99, alert: "> 100 ms" }]\ndrift: [{ metric: psi, alert: "> 0.2" }]',
    },
    good: {
      6: "serving: { mode: online, hardware: gpu }",
      7: `health:
  - { metric: latency p99, alert: "> 100 ms" }
  - { metric: error rate, alert: "> 1%" }
  - { metric: request rate, alert: "drop > 50%" }
  - { metric: cpu utilization, alert: "> 80%" }
  - { metric: gpu memory, alert: "> 90%" }`,
    },
  },
  check(design) {
    const alerts = alertsOf(design);
    if (alerts.length === 0) return unknown("7.health");
    const kinds = new Set(alerts.map(({ kind }) => kind));
    const lacks = (kind: AlertKind) => !kinds.has(kind);
    const covered = [...kinds].map((kind) => kind.replaceAll("-", " "));
    const base = { at: "7.health", covered, assumed: design.deploy.serving?.mode === undefined };
    const { grave, mild } = lackingOf(design, lacks);
    if (grave.length + mild.length === 0) return [];
    return [{ ...base, severity: grave.length > 0 ? "error" : "warning", lacking: [...grave, ...mild] }];
  },
  say: ({ lacking, covered, assumed }) => ({
    message: `alerts cover ${list(covered)}; none covers ${list(lacking)}${assumed ? " (the design is taken to be online)" : ""}`,
    label: `nothing on ${lacking[0]}`,
    fix: `add alerts on ${list(lacking)}, such as { metric: ${EXAMPLES[lacking[0]] ?? lacking[0]}, alert: "> 1%", for: 5 m, owner: serving on-call, action: roll back }`,
  }),
});

const EXAMPLES: Readonly<Record<string, string>> = {
  traffic: "request rate",
  "CPU or memory": "cpu utilization",
  GPU: "gpu memory",
};

function lackingOf(design: Design, lacks: (kind: AlertKind) => boolean): { grave: string[]; mild: string[] } {
  const serving = design.deploy.serving;
  if (serving?.mode === "batch") {
    const wanted = [
      ["job-failed", "failed jobs"],
      ["job-late", "late jobs"],
      ["output-volume", "output volume"],
    ] as const;
    return { grave: wanted.filter(([kind]) => lacks(kind)).map(([, name]) => name), mild: [] };
  }
  const needsGpu = /gpu|\b(?:L4|L40S|A10|A100|H100|H200|T4)\b/iu.test(serving?.hardware ?? "");
  return {
    grave: [...(lacks("latency") ? ["latency"] : []), ...(lacks("error-rate") ? ["error rate"] : [])],
    mild: [
      ...(lacks("traffic") ? ["traffic"] : []),
      ...(lacks("saturation-cpu") && lacks("saturation-memory") ? ["CPU or memory"] : []),
      ...(needsGpu && lacks("saturation-gpu") ? ["GPU"] : []),
      ...(serving?.fallback !== undefined && lacks("fallback-rate") ? ["fallback rate"] : []),
    ],
  };
}
