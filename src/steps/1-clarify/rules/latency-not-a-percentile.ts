/** Finds latency limits on the mean or the median, which hide the slow requests. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { latencyLimitOf } from "../latency-limit.ts";

export const rule = defineRule({
  code: "HP107",
  name: "latency-not-a-percentile",
  step: 1,
  reads: ["1.latency", "6.serving.mode"],
  severity: "warning",
  consequence: "late",
  summary: "the latency limit is a mean or a low percentile",
  why: "a page makes several calls, so most pages meet the slowest tenth of them; a mean does not show it",
  fix: "write `latency: { p99: … }`, measured at the edge of the service",
  sources: ["Site Reliability Engineering (2016), ch. 4", "The Tail at Scale (2013)"],
  settings: { lowestPercentile: 95 },
  examples: { bad: { 1: "latency: { mean: 200 ms }" }, good: { 1: "latency: { p99: 200 ms }" } },
  check(design, { lowestPercentile }) {
    const mode = design.deploy.serving?.mode;
    if (mode !== undefined && mode !== "online") return "not applicable";
    const limit = latencyLimitOf(design);
    if (limit === undefined) return unknown("1.latency");
    if (limit.percentile !== undefined && limit.percentile >= lowestPercentile) return [];
    return [{ at: limit.path, limit: limit.text, name: limit.name }];
  },
  say: ({ limit, name }) => ({
    message:
      name === "mean"
        ? `the limit of ${limit} is on the mean, so the slow requests may take any time`
        : `the limit of ${limit} is on ${name}: ${100 - Number(name.slice(1))} of 100 requests may take any time`,
    label: name,
    fix: "state p99 (or at least p95), such as `latency: { p99: 200 ms }`, measured at the edge of the service",
  }),
});
