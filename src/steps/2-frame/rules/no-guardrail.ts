/** Finds experiments-to-be without a metric that must not get worse, of the system and of the users. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import { readMetricName } from "../metric-name.ts";

const OF_THE_SYSTEM = /latency|\bp\d\d|error|crash|cost|availab|timeout|memory|cpu/iu;

export const rule = defineRule({
  code: "HP211",
  name: "no-guardrail",
  step: 2,
  reads: ["2.metrics.guardrails", "2.metrics.online"],
  severity: "warning",
  consequence: "harm",
  summary: "no guardrail of the system, or none of harm to users, stands beside the online metric",
  why: "clicks can rise while hides, refunds or p99 latency rise with them, and the experiment would call it a win",
  fix: "add one of the system and one of harm, such as `guardrails: [p99 latency, hide rate]`, each with a margin in step 6",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 5, 7 and 21", "Rules of ML (2016), rule 39"],
  examples: {
    bad: { 2: "metrics: { online: [click rate] }" },
    good: { 2: "metrics: { online: [click rate], guardrails: [p99 latency, hide rate] }" },
  },
  check({ frame: { metrics } }) {
    const online = metrics?.online ?? [];
    if (online.length === 0) return unknown("2.metrics.online");
    const guardrails = metrics?.guardrails ?? [];
    const primary = readMetricName(online[0]).name;
    const hasSystem = guardrails.some((name) => OF_THE_SYSTEM.test(name));
    const hasHarm = guardrails.some((name) => !OF_THE_SYSTEM.test(name) && readMetricName(name).name !== primary);
    if (hasSystem && hasHarm) return [];
    return [{ at: "2.metrics.guardrails", online, guardrails, hasSystem, hasHarm }];
  },
  say({ online, guardrails, hasSystem, hasHarm }) {
    if (!hasSystem && !hasHarm) {
      return { message: `${list(online, 2)} may rise at any price: there is no guardrail`, label: "no guardrails" };
    }
    const lacking = hasSystem ? "harm to users or the business" : "the system";
    return {
      message: `the guardrails ${list(guardrails, 3)} watch nothing of ${lacking}`,
      label: `nothing of ${lacking}`,
      fix: hasSystem
        ? "add one of harm, such as hide rate, refunds, complaints or catalogue coverage"
        : "add one of the system, such as p99 latency or error rate",
    };
  },
});
