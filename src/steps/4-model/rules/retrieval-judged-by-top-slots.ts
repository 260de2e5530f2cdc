/** Finds candidate stages that no metric judges at the depth they hand on. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { readMetricNames } from "../../2-frame/metric-name.ts";
import { funnelOf } from "../funnel.ts";

export const rule = defineRule({
  code: "HP413",
  name: "retrieval-judged-by-top-slots",
  step: 4,
  reads: ["2.metrics.offline", "4.stages[].kind", "4.stages[].keep"],
  severity: "warning",
  consequence: "false-figures",
  summary: "no metric measures the candidate stage at the depth it hands on",
  why: "an item that is lost among the candidates cannot be ranked; a metric of the top slots does not show which stage lost it",
  fix: "add `{ metric: recall@500, stage: candidates }` with k as large as `keep`, and report the ceiling it sets on the final metric",
  sources: ["Deep Neural Networks for YouTube (2016), §2"],
  settings: { depth: 0.5 },
  examples: {
    bad: {
      2: "metrics: { offline: [ndcg@10] }",
      4: "stages: [{ name: candidates, kind: retrieval, keep: 500 }, { name: ranking, keep: 10 }]",
    },
    good: {
      2: "metrics: { offline: [ndcg@10, { metric: recall@500, stage: candidates }] }",
      4: "stages: [{ name: candidates, kind: retrieval, keep: 500 }, { name: ranking, keep: 10 }]",
    },
  },
  check(design, { depth }) {
    const retrieval = funnelOf(design).filter(({ kind, out }) => kind === "retrieval" && out !== undefined);
    if (retrieval.length === 0) return "not applicable";
    const metrics = readMetricNames(design.frame.metrics?.offline ?? []);
    if (metrics.length === 0) return unknown("2.metrics.offline");
    return retrieval.flatMap(({ facts, path, out = 0 }) => {
      const judged = metrics.some(
        ({ name, k = 0, stage }) =>
          (name === "recall" || name === "hit rate") &&
          k >= depth * out &&
          (stage === undefined || stage === facts.name),
      );
      return judged
        ? []
        : [
            {
              at: "2.metrics.offline",
              also: [`${path}.keep`],
              name: facts.name,
              out,
              metrics: metrics.map(({ text }) => text),
            },
          ];
    });
  },
  say: ({ name, out, metrics }) => ({
    message: `${code(name)} hands on ${count(out)} items, and ${list(metrics, 4)} ${metrics.length === 1 ? "does" : "do"} not say how many good ones are among them`,
    label: `nothing at depth ${count(out)}`,
    also: [`${count(out)} are handed on`],
    fix: `add \`{ metric: recall@${out}, stage: ${name} }\``,
  }),
});
