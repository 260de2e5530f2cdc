/** Finds stages whose items cannot be scored in the time the stage has. */

import { exceeds } from "../../../core/comparison.ts";
import { wholeBelow } from "../../../core/whole.ts";
import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count, duration } from "../../../review/words.ts";
import { stageWorkOf } from "../stage-work.ts";

interface Found extends Hit {
  readonly name: string;
  readonly items: number;
  readonly each: string;
  readonly parallelism: number;
  readonly work: number;
  readonly has: number;
  readonly fits: number;
}

export const rule = defineRule<Found, { tight: number }>({
  code: "HP404",
  name: "stage-work-exceeds-budget",
  step: 4,
  reads: [
    "4.stages[].in",
    "4.stages[].keep",
    "4.stages[].item-cost",
    "4.stages[].parallelism",
    "4.stages[].fixed-cost",
    "6.serving.budget",
  ],
  severity: "error",
  consequence: "late",
  summary: "items times the cost of one exceed the time of the stage",
  why: "the product is a mean and the time is a tail, so at 70% of the time the stage is late often enough",
  fix: "hand on fewer items, score in batches on an accelerator, distil the model, or split the stage into a light and a heavy one",
  sources: ["Deep Neural Networks for YouTube (2016), §2 and §4", "The Tail at Scale (2013)"],
  settings: { tight: 0.7 },
  examples: {
    bad: { 4: "stages: [{ name: ranker, in: 2000, item-cost: 120 us, latency: 80 ms }]" },
    good: { 4: "stages: [{ name: ranker, in: 400, item-cost: 120 us, latency: 80 ms }]" },
  },
  check(design, { tight }) {
    const { known, missing } = stageWorkOf(design);
    const hits = known.flatMap(({ stage, items, each, parallelism, fixed, work, has }): Found[] => {
      if (!exceeds(work, tight * has)) return [];
      const fits = Math.max(0, wholeBelow(((tight * has - fixed) * parallelism) / each.value));
      const severity = exceeds(work, has) ? "error" : "warning";
      const { facts, path, latencyPath } = stage;
      const found = { name: facts.name, items, each: each.text, parallelism, work, has, fits };
      return [{ at: `${path}.item-cost`, also: [latencyPath], severity, ...found }];
    });
    return design.model.stages === undefined ? { unknown: ["4.stages"] } : orUnknown(hits, missing);
  },
  say: ({ name, items, each, parallelism, work, has, fits }) => ({
    message: `${code(name)} scores ${count(items)} items at ${each}${parallelism > 1 ? ` on ${count(parallelism)} at once` : ""}: ${duration(work)}${exceeds(work, has) ? `, and it has ${duration(has)}` : ` on average of the ${duration(has)} that its tail may take`}`,
    label: `times ${count(items)}`,
    also: ["the time it has"],
    fix: `hand it ${count(fits)} items or fewer, score in batches, distil the model, or split the stage`,
  }),
});
