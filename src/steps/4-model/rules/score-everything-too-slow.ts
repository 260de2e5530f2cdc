/** Finds designs that score the whole catalogue for every request and cannot. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, duration } from "../../../review/words.ts";
import { latencyLimitOf } from "../../1-clarify/latency-limit.ts";
import { choosesFromCatalogue } from "../../2-frame/task.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly items: number;
  readonly each?: string;
  readonly alone?: number;
  readonly parallelism?: number;
  readonly together?: number;
  readonly limit?: string;
}

export const rule = defineRule<Found, { many: number }>({
  code: "HP403",
  name: "score-everything-too-slow",
  step: 4,
  reads: [
    "4.stages[].kind",
    "4.stages[].item-cost",
    "4.stages[].parallelism",
    "4.stages[].fixed-cost",
    "1.items.count",
    "1.latency",
  ],
  severity: "error",
  consequence: "late",
  summary: "every item is scored for every request, and there is no time for it",
  why: "the time grows with the catalogue, while the answer needs a few hundred candidates at most",
  fix: "put a candidate stage in front (nearest neighbours over embeddings, co-visits, popularity, rules) that keeps 200 to 1,000 items, and rank those",
  sources: ["Deep Neural Networks for YouTube (2016), §2", "Google Recommendation Systems course (2024), overview"],
  settings: { many: 100_000 },
  examples: {
    bad: {
      1: "items: { count: 20M }\nlatency: { p99: 200 ms }",
      2: "task: ranking",
      4: "stages: [{ name: ranker, kind: ranking, in: 20M, keep: 10, item-cost: 5 us, parallelism: 16 }]",
    },
    good: {
      1: "items: { count: 20M }\nlatency: { p99: 200 ms }",
      2: "task: ranking",
      4: "stages:\n  - { name: ann, kind: retrieval, in: 20M, keep: 500, latency: 15 ms }\n  - { name: ranker, kind: ranking, in: 500, keep: 10, item-cost: 50 us, latency: 40 ms }",
    },
  },
  check(design, { many }) {
    const stages = funnelOf(design);
    const first = stages.findIndex(({ kind }) => kind === "ranking");
    if (first === -1) return stages.length === 0 ? unknown("4.stages") : "not applicable";
    if (choosesFromCatalogue(design) === false) return "not applicable";
    if (stages.slice(0, first).some(({ kind }) => kind === "retrieval" || kind === "filter")) return [];
    const items = design.clarify.items?.count?.value;
    const limit = latencyLimitOf(design);
    const { path, facts } = stages[first];
    const each = facts["item-cost"];
    if (items === undefined) return unknown("1.items.count");
    if (each === undefined) {
      if (items > many) return [{ at: `${path}.name`, also: ["1.items.count"], severity: "warning", items }];
      return unknown(`${path}.item-cost`);
    }
    if (limit === undefined) return unknown("1.latency");
    const parallelism = facts.parallelism ?? 1;
    const fixed = facts["fixed-cost"]?.value ?? 0;
    const alone = items * each.value;
    const together = alone / parallelism + fixed;
    if (!exceeds(together, limit.seconds)) return [];
    return [
      {
        at: `${path}.item-cost`,
        also: ["1.items.count", limit.path],
        items,
        each: each.text,
        alone,
        parallelism,
        together,
        limit: limit.text,
      },
    ];
  },
  say({ items, each, alone = 0, parallelism = 1, together = 0, limit }) {
    if (each === undefined) {
      return {
        message: `the first stage scores all ${count(items)} items for every request, and nothing says what one costs`,
        label: "scores everything",
        also: ["this many"],
      };
    }
    const shared = parallelism > 1 ? ` (${duration(together)} on ${count(parallelism)})` : "";
    return {
      message: `scoring all ${count(items)} items at ${each} each takes ${duration(alone)} on one core${shared}, and the limit is ${limit}`,
      label: `times ${count(items)}`,
      also: ["every request scores them all", "the limit"],
    };
  },
});
