/** Finds rankings that do not show whether they do more than repeat what is popular. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { readMetricName, readMetricNames } from "../../2-frame/metric-name.ts";
import { ordersThings } from "../../2-frame/task.ts";

const BEYOND_ACCURACY: readonly string[] = ["coverage", "gini", "novelty", "diversity"];
const SLICES = /popular|head|tail|new (?:items?|titles?|products?|listings?|videos?)|cold/iu;

export const rule = defineRule({
  code: "HP512",
  name: "popularity-not-reported",
  step: 5,
  reads: [
    "2.baseline.rule",
    "5.evaluation.popularity-baseline",
    "5.slices",
    "2.metrics.offline",
    "2.metrics.guardrails",
    "2.task",
  ],
  severity: "advice",
  consequence: "blind",
  summary: "nothing shows whether the ranking does more than repeat what is popular",
  why: "an average gain can come from the 100 most popular items alone, which a list without a model gives as well",
  fix: "report the popularity list beside the model, the metric on the head and on the tail, and catalogue coverage",
  sources: ["Are We Really Making Much Progress? (2019)", "Rules of ML (2016), rule 42", "Top-N Tasks (2010)"],
  examples: {
    bad: {
      2: "task: ranking\nbaseline: { rule: most-popular }\nmetrics: { offline: [ndcg@10] }",
      5: "slices: [new members, tail titles]",
    },
    good: {
      2: "task: ranking\nbaseline: { rule: most-popular }\nmetrics: { offline: [ndcg@10, coverage@10] }",
      5: "slices: [new members, tail titles]",
    },
  },
  check(design) {
    if (design.frame.task === undefined) return unknown("2.task");
    if (!ordersThings(design)) return "not applicable";
    const { baseline, metrics } = design.frame;
    const hasList =
      design.evaluate.evaluation?.["popularity-baseline"] === true || /popular/iu.test(baseline?.rule ?? "");
    const hasSlice = (design.evaluate.slices ?? []).some((slice) => SLICES.test(slice));
    const names = [...readMetricNames(metrics?.offline ?? []), ...(metrics?.guardrails ?? []).map(readMetricName)];
    const hasMetric = names.some(({ name }) => BEYOND_ACCURACY.some((one) => name.includes(one)));
    if (hasList && hasSlice && hasMetric) return [];
    const lacking = [
      ...(hasList ? [] : ["popularity list to compare with"]),
      ...(hasSlice ? [] : ["slice of popular and rare items"]),
      ...(hasMetric ? [] : ["metric of coverage or diversity"]),
    ];
    return [{ at: hasSlice ? "2.metrics.offline" : "5.slices", lacking }];
  },
  say: ({ lacking }) => ({
    message: `the ranking may only repeat what is popular: there is no ${lacking.join(", no ")}`,
    label: "head or tail?",
  }),
});
