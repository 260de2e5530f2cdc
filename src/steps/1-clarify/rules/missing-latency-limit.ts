/** Asks for the latency that an online service promises. */

import { defineRule } from "../../../review/rule.ts";
import { latencyLimitOf } from "../latency-limit.ts";

export const rule = defineRule({
  code: "HP111",
  name: "missing-latency-limit",
  step: 1,
  reads: ["1.latency", "6.serving.mode"],
  severity: "warning",
  consequence: "late",
  summary: "an online design states no latency",
  why: "stages, fan-out, timeouts and fallbacks are all judged against it",
  fix: "take the caller's own timeout less the network: `latency: { p99: 200 ms }`",
  prose: {
    path: "1.latency",
    about: "how fast an answer must be",
    words: /latency|milliseconds?|\b\d+\s*ms\b|\bp9[59]\b/iu,
  },
  sources: ["Site Reliability Engineering (2016), ch. 4"],
  examples: { bad: { 1: "users: { daily: 1M }" }, good: { 1: "latency: { p99: 200 ms }" } },
  check(design) {
    const mode = design.deploy.serving?.mode;
    if (mode !== undefined && mode !== "online") return "not applicable";
    if (latencyLimitOf(design) !== undefined) return [];
    return [{ at: "1.latency", lacks: ["1.latency"], assumed: mode === undefined }];
  },
  say: ({ assumed }) => ({
    message: `no latency is promised${assumed ? ", and the design is taken to be served online" : " for a service that is online"}`,
    label: "no `latency` here",
  }),
});
