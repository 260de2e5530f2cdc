/** Asks for an offline and an online metric. */

import { defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { tunedMetric } from "../tuned-metric.ts";

export const rule = defineRule({
  code: "HP203",
  name: "missing-metrics",
  step: 2,
  reads: ["2.metrics.offline", "2.metrics.online"],
  severity: "error",
  consequence: "blind",
  summary: "there is no offline metric, or no online metric",
  why: "without the first, models cannot be compared; without the second, step 6 has nothing to test",
  fix: "name one primary metric of each kind: `metrics: { offline: [ndcg@10], online: [orders per user], guardrails: [p99 latency] }`",
  sources: ["Rules of ML (2016), rules 2 and 13"],
  examples: {
    bad: { 2: "metrics: { offline: [ndcg@10] }" },
    good: { 2: "metrics: { offline: [ndcg@10], online: [orders per user] }" },
  },
  check(design) {
    const { metrics } = design.frame;
    const lacks = [
      ...((metrics?.offline?.length ?? 0) === 0 ? ["2.metrics.offline"] : []),
      ...((metrics?.online?.length ?? 0) === 0 ? ["2.metrics.online"] : []),
    ];
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks, metric: tunedMetric(design) }];
  },
  say: ({ lacks, metric }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "names" : "name"} no metric`,
    label: `no ${facts(lacks)} here`,
    why: lacks.length === 1 ? WHY[lacks[0]] : undefined,
    fix: `name ${lacks.length === 1 ? "its primary metric" : "one primary metric of each kind"}: ${lacks.map((path) => (path === "2.metrics.offline" ? `\`offline: [${metric}]\`` : "`online: […]`, what people do that should change")).join(", ")}`,
  }),
});

const WHY: Readonly<Record<string, string>> = {
  "2.metrics.offline": "without an offline metric, models cannot be compared before they meet users",
  "2.metrics.online": "without an online metric, step 6 has nothing to test",
};
