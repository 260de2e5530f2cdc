/** Finds stages whose numbers of items do not fit together. */

import { exceeds } from "../../../core/comparison.ts";
import { wholeAbove, wholeBelow } from "../../../core/whole.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count, share } from "../../../review/words.ts";
import type { Design } from "../../design.ts";
import { type FunnelStage, funnelOf, supplyOf } from "../funnel.ts";

interface Found extends Hit {
  readonly problem: "grows" | "mismatch" | "catalogue" | "slots";
  readonly name: string;
  readonly before?: string;
  readonly gets: number;
  readonly gives: number;
  readonly rate?: number;
}

export const rule = defineRule<Found, { tolerance: number }>({
  code: "HP412",
  name: "funnel-inconsistent",
  step: 4,
  reads: ["4.stages[].in", "4.stages[].keep", "4.stages[].filter-rate", "1.items.count", "2.slots"],
  severity: "error",
  consequence: "late",
  summary: "what one stage hands on is not what the next one expects",
  why: "latency, cost and recall are computed from these numbers; where they differ one of them is wrong",
  fix: "make the numbers agree; filter before ranking, or ask for slots / (1 − filter rate) items",
  sources: ["Deep Neural Networks for YouTube (2016), §2", "Rules of ML (2016), rule 15"],
  settings: { tolerance: 0.1 },
  examples: {
    bad: { 4: "stages:\n  - { name: ann, in: 1M, keep: 500 }\n  - { name: ranker, in: 2000, keep: 10 }" },
    good: { 4: "stages:\n  - { name: ann, in: 1M, keep: 500 }\n  - { name: ranker, in: 500, keep: 10 }" },
  },
  check(design, { tolerance }) {
    const stages = funnelOf(design);
    if (stages.length === 0) return unknown("4.stages");
    const differ = (a: number, b: number) => Math.abs(a - b) > tolerance * Math.max(a, b);
    return stages.flatMap((stage, i): Found[] => {
      const { facts, path } = stage;
      const stated = facts.in?.value;
      const supply = supplyOf(design, i);
      if (stated !== undefined && supply?.name !== undefined && differ(stated, supply.items)) {
        return [
          {
            at: `${path}.in`,
            also: [`${supply.path}.keep`],
            problem: "mismatch",
            name: facts.name,
            before: supply.name,
            gets: stated,
            gives: supply.items,
          },
        ];
      }
      if (stated !== undefined && supply !== undefined && supply.name === undefined && differ(stated, supply.items)) {
        return [
          {
            at: `${path}.in`,
            also: ["1.items.count"],
            problem: "catalogue",
            name: facts.name,
            gets: stated,
            gives: supply.items,
          },
        ];
      }
      if (stage.in !== undefined && stage.out !== undefined && stage.out > stage.in) {
        return [{ at: `${path}.keep`, problem: "grows", name: facts.name, gets: stage.in, gives: stage.out }];
      }
      return i === stages.length - 1 ? afterFilter(stage, design) : [];
    });
  },
  say({ problem, name, before, gets, gives, rate = 0 }) {
    const left = wholeBelow(gives * (1 - rate));
    switch (problem) {
      case "mismatch":
        return {
          message: `${code(before ?? "")} hands on ${count(gives)} items, but ${code(name)} expects ${count(gets)}`,
          label: `expects ${count(gets)}`,
          also: [`hands on ${count(gives)}`],
        };
      case "catalogue":
        return {
          message: `${code(name)} expects ${count(gets)} items, but the catalogue holds ${count(gives)}`,
          label: `expects ${count(gets)}`,
          also: ["all there are"],
        };
      case "grows":
        return {
          message: `${code(name)} receives ${count(gets)} items and hands on ${count(gives)}`,
          label: "more than it receives",
        };
      case "slots":
        return {
          message: `of the last ${count(gives)} items the filter of ${code(name)} removes ${share(rate)}: ${count(left)} ${left === 1 ? "is" : "are"} left for ${count(gets)} slots`,
          label: "too few for the slots",
          also: [`${count(gets)} slots`],
          fix:
            rate < 1
              ? `keep ${count(wholeAbove(gets / (1 - rate)))} items before the filter, or filter before ranking`
              : "let the filter keep something, or filter before ranking",
        };
      default:
        return problem satisfies never;
    }
  },
});

function afterFilter({ facts, path, out }: FunnelStage, design: Design): Found[] {
  const rate = facts["filter-rate"]?.value ?? 0;
  const slots = design.frame.slots?.value;
  if (out === undefined || slots === undefined || !exceeds(slots, out * (1 - rate))) return [];
  return [{ at: `${path}.keep`, also: ["2.slots"], problem: "slots", name: facts.name, gets: slots, gives: out, rate }];
}
