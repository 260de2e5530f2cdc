/** Finds proxies that are learned while no test measures what they stand for. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

const PROXY = /\b(?:clicks?|views?|opens?|impressions?|dwell|ctr|click-through)\b/iu;

export const rule = defineRule({
  code: "HP212",
  name: "proxy-target-unchecked",
  step: 2,
  reads: [
    "2.label.event",
    "2.label.proxy-for",
    "2.predict",
    "2.metrics.online",
    "2.metrics.guardrails",
    "1.business-metric",
  ],
  severity: "warning",
  consequence: "harm",
  summary: "the model learns a proxy, and no test measures the outcome it stands for",
  why: "what is easy to click is not what is worth having; without the true outcome in a test, clickbait wins",
  fix: "put the true outcome among the online metrics or the guardrails, or predict both and combine them with stated weights",
  sources: [
    "Rules of ML (2016), rules 13, 38 and 39",
    "Trustworthy Online Controlled Experiments (2020), ch. 7",
    "Deep Neural Networks for YouTube (2016), §4",
  ],
  examples: {
    bad: {
      1: "business-metric: 30-day retention",
      2: "label: { event: click }\nmetrics: { online: [click rate], guardrails: [p99 latency] }",
    },
    good: {
      1: "business-metric: 30-day retention",
      2: "label: { event: click }\nmetrics: { online: [click rate], guardrails: [p99 latency, 30-day retention] }",
    },
  },
  check({ clarify, frame: { label, predict, metrics } }) {
    const business = clarify["business-metric"];
    const event = label?.event ?? predict;
    const proxyFor = label?.["proxy-for"];
    if (event === undefined && proxyFor === undefined) return unknown("2.predict");
    if (proxyFor === undefined && business === undefined) return unknown("1.business-metric");
    const isProxy = proxyFor !== undefined || (PROXY.test(event ?? "") && !PROXY.test(business ?? ""));
    if (!isProxy) return [];
    const outcomes = [proxyFor, business].filter((one) => one !== undefined).map(plain);
    const measured = [...(metrics?.online ?? []), ...(metrics?.guardrails ?? [])].map(plain);
    const isMeasured = outcomes.some((outcome) =>
      measured.some((one) => one.includes(outcome) || outcome.includes(one)),
    );
    if (isMeasured) return [];
    const at =
      label?.event === undefined ? (proxyFor === undefined ? "2.predict" : "2.label.proxy-for") : "2.label.event";
    const cause = proxyFor === undefined ? "1.business-metric" : "2.label.proxy-for";
    return [{ at, also: [cause], event: event ?? "an event", outcome: proxyFor ?? business ?? "" }];
  },
  say: ({ event, outcome }) => ({
    message: `the model learns ${code(event)}; what is wanted is ${code(outcome)}, and no online metric or guardrail measures it`,
    label: "a proxy",
    also: ["not measured in any test"],
  }),
});

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, " ")
    .trim();
}
