/** Finds stages whose times add up to more than the latency that is promised. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { duration, list, share } from "../../../review/words.ts";
import { latencyLimitOf } from "../../1-clarify/latency-limit.ts";
import { type LatencyPart, latencyPlanOf } from "../latency-plan.ts";

interface Found extends Hit {
  readonly parts: readonly LatencyPart[];
  readonly total: number;
  readonly limit: string;
  readonly seconds: number;
  readonly name: string;
  readonly silent: readonly string[];
  readonly hasNetwork: boolean;
}

export const rule = defineRule<Found, { tight: number }>({
  code: "HP405",
  name: "latency-budget-overrun",
  step: 4,
  reads: ["1.latency", "3.fetch", "4.stages[].latency", "4.stages[].parallel-group", "6.serving.budget"],
  severity: "error",
  consequence: "late",
  summary: "the times of the stages add up to more than the promised latency",
  why: "a request passes all stages, so their times add up, the network and the features included",
  fix: "run independent retrievers side by side (`parallel-group`), trim what the ranker receives, fetch features in one batch, or renegotiate the limit",
  sources: ["Site Reliability Engineering (2016), ch. 4", "The Tail at Scale (2013)"],
  note: "percentiles do not add: the sum of p99s is usually above the p99 of the sum, but with heavy tails it can lie below; it is a figure for planning, to be confirmed by a load test",
  settings: { tight: 0.8 },
  examples: {
    bad: {
      1: "latency: { p99: 200 ms }",
      3: "fetch: 15 ms",
      4: "stages:\n  - { name: ann, latency: 40 ms }\n  - { name: ranker, latency: 120 ms }\n  - { name: rerank, latency: 40 ms }",
      6: "serving: { budget: { network: 20 ms } }",
    },
    good: {
      1: "latency: { p99: 200 ms }",
      3: "fetch: 15 ms",
      4: "stages:\n  - { name: ann, latency: 25 ms }\n  - { name: ranker, latency: 70 ms }\n  - { name: rerank, latency: 20 ms }",
      6: "serving: { budget: { network: 20 ms } }",
    },
  },
  check(design, { tight }) {
    const limit = latencyLimitOf(design);
    if (limit === undefined) return design.deploy.serving?.mode === "batch" ? "not applicable" : unknown("1.latency");
    const plan = latencyPlanOf(design);
    if (plan === undefined) return unknown(design.model.stages === undefined ? "4.stages" : "4.stages[].latency");
    const { parts, total, silent, hasNetwork } = plan;
    const base = { parts, total, silent, hasNetwork, limit: limit.text, seconds: limit.seconds, name: limit.name };
    const biggest = parts.toSorted((a, b) => b.seconds - a.seconds)[0];
    if (exceeds(total, tight * limit.seconds)) {
      const severity = exceeds(total, limit.seconds) ? "error" : "warning";
      return [{ ...base, at: biggest.path, also: [limit.path], severity }];
    }
    return hasNetwork ? [] : [{ ...base, at: "6.serving.budget", also: [limit.path], severity: "advice" }];
  },
  say({ parts, total, limit, seconds, name, silent, hasNetwork }) {
    const sum = parts.map((part) => `${duration(part.seconds)} ${part.name}`).join(" + ");
    const remarks = [
      ...(hasNetwork ? [] : ["the network is not stated and counts as 0"]),
      ...(silent.length === 0 ? [] : [`${list(silent)} ${silent.length === 1 ? "says" : "say"} nothing`]),
    ];
    const remark = remarks.length === 0 ? "" : ` (${remarks.join("; ")})`;
    if (total <= 0.8 * seconds && !hasNetwork) {
      return {
        message: `${sum} = ${duration(total)} of ${limit}, but the network is not stated and counts as 0`,
        label: "no `network` here",
        also: [`the promise, at ${name}`],
        fix: "add `network: 20 ms` (there and back) to `serving.budget`",
      };
    }
    const over = exceeds(total, seconds)
      ? `, and ${limit} are promised`
      : `: ${share(total / seconds)} of the ${limit} that are promised`;
    return {
      message: `${sum} = ${duration(total)}${over}${remark}`,
      label: "the largest part",
      also: [`the promise, at ${name}`],
    };
  },
});
