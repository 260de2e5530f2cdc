/** Finds new models that go live without being compared with the one in service. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { tunedMetric } from "../../2-frame/tuned-metric.ts";

interface Found extends Hit {
  readonly gate?: string;
  readonly every?: string;
  readonly assumed: boolean;
  readonly metric: string;
}

export const rule = defineRule<Found>({
  code: "HP713",
  name: "retrain-without-gate",
  step: 7,
  reads: ["7.retrain.deploy", "7.retrain.gate", "7.retrain.gate-metric", "7.retrain.every", "7.retrain.when"],
  severity: "error",
  consequence: "no-way-back",
  summary: "a new model goes live by itself without being compared with the one in service",
  why: "one night of half-empty logs is enough to ship a model trained on half the world",
  fix: "require at least the quality of the model in service on the newest mature data and on each slice, then a canary: `retrain: { gate: champion-challenger, gate-metric: ndcg@10 }`",
  sources: [
    "ML Test Score (2017), Infra 4 and 6",
    "Rules of ML (2016), rule 9",
    "Designing Machine Learning Systems (2022), ch. 9",
  ],
  examples: {
    bad: { 7: "retrain: { every: 1 d, deploy: automatic, gate: none }" },
    good: {
      7: "retrain: { every: 1 d, deploy: automatic, gate: champion-challenger, gate-metric: average precision }",
    },
  },
  check(design) {
    const { retrain } = design.monitor;
    if (retrain === undefined) return unknown("7.retrain");
    const { deploy, gate, every, when = [] } = retrain;
    const triggered = every !== undefined || when.length > 0;
    const automatic = deploy === "automatic" || (deploy === undefined && triggered);
    const base = { every: every?.text, assumed: deploy === undefined, metric: tunedMetric(design) };
    const isOpen = gate === undefined || gate === "none";
    if (isOpen) return automatic ? [{ ...base, at: "7.retrain.gate" }] : [];
    return retrain["gate-metric"] === undefined
      ? [{ ...base, at: "7.retrain.gate-metric", severity: "warning", gate }]
      : [];
  },
  say: ({ gate, every, assumed, metric }) =>
    gate === undefined
      ? {
          message: `a new model goes live ${every === undefined ? "when triggered" : `every ${every}`} without being compared with the one in service${assumed ? " (nobody is said to put it in place, so it counts as automatic)" : ""}`,
          label: "no comparison",
          fix: `require at least the quality of the model in service on the newest mature data and on each slice, then a canary: ${code(`retrain: { gate: champion-challenger, gate-metric: ${metric} }`)}`,
        }
      : {
          message: `the gate ${code(gate)} does not say which metric decides`,
          label: "by which metric?",
          why: "a gate without a metric lets everything through",
          fix: `write ${code(`gate-metric: ${metric}`)}`,
        },
});
