/** Finds rankings that are evaluated against a handful of random items. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { count } from "../../../review/words.ts";
import { ordersThings } from "../../2-frame/task.ts";

export const rule = defineRule({
  code: "HP502",
  name: "sampled-evaluation",
  step: 5,
  reads: [
    "5.evaluation.candidates",
    "5.evaluation.sampled-negatives",
    "5.evaluation.correction",
    "1.items.count",
    "2.task",
  ],
  severity: "error",
  consequence: "false-figures",
  summary: "a ranking metric is taken against a sample of items",
  why: "the true item beats a random field by being merely plausible, and the order of two models can turn round against the full ranking",
  fix: "rank the full catalogue (or the real candidate list) for a sample of users, not of items; failing that name a published `correction`",
  sources: ["On Sampled Metrics (2020), §4–6"],
  settings: { large: 0.1 },
  examples: {
    bad: {
      1: "items: { count: 2M }",
      2: "task: ranking",
      5: "evaluation: { candidates: sampled, sampled-negatives: 100 }",
    },
    good: { 1: "items: { count: 2M }", 2: "task: ranking", 5: "evaluation: { candidates: full, sampled-users: 20k }" },
  },
  check(design, { large }) {
    if (design.frame.task === undefined) return unknown("2.task");
    if (!ordersThings(design)) return "not applicable";
    const { evaluation } = design.evaluate;
    if (evaluation?.candidates === undefined) return unknown("5.evaluation.candidates");
    const correction = evaluation.correction;
    if (evaluation.candidates !== "sampled" || (correction !== undefined && correction !== "none")) return [];
    const items = design.clarify.items?.count?.value;
    const negatives = evaluation["sampled-negatives"];
    if (items !== undefined && negatives !== undefined && negatives >= items - 1) return [];
    const isLarge = items !== undefined && negatives !== undefined && negatives >= large * items;
    const severity = isLarge ? ("warning" as const) : ("error" as const);
    const also = items === undefined ? [] : ["1.items.count"];
    return [
      {
        at: negatives === undefined ? "5.evaluation.candidates" : "5.evaluation.sampled-negatives",
        also,
        severity,
        items,
        negatives,
        metric: design.frame.metrics?.offline?.[0]?.metric,
      },
    ];
  },
  say: ({ items, negatives, metric }) => ({
    message: `${metric ?? "the metric"} is taken against ${negatives === undefined ? "a sample" : `${count(negatives)} random items`}${items === undefined ? "" : ` out of ${count(items)}`}, and no correction is named`,
    label: "a small field to beat",
    also: items === undefined ? [] : ["the real field"],
  }),
  repair: ({ negatives }) => (negatives === undefined ? [{ replace: "5.evaluation.candidates", by: "full" }] : []),
});
