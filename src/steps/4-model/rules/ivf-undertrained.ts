/** Finds cell indexes whose cells are learned from too few vectors. */

import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly name: string;
  readonly lists: number;
  readonly training?: number;
  readonly assumed: boolean;
  readonly items: number;
}

export const rule = defineRule<Found, { perCell: number }>({
  code: "HP410",
  name: "ivf-undertrained",
  step: 4,
  reads: ["4.stages[].index.lists", "4.stages[].index.training-vectors", "1.items.count"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the cells of the index are learned from too few vectors, or there are unusually many or few",
  why: "cells learned from a handful of vectors are uneven, which costs recall and the tail of the latency",
  fix: "learn the cells from 30 to 256 vectors each, or use fewer cells",
  sources: ["faiss wiki (2024), section on the size of the dataset"],
  settings: { perCell: 30 },
  examples: {
    bad: {
      1: "items: { count: 50M }",
      4: "stages: [{ name: ann, index: { type: ivf-flat, lists: 65536, probes: 32, training-vectors: 500k } }]",
    },
    good: {
      1: "items: { count: 50M }",
      4: "stages: [{ name: ann, index: { type: ivf-flat, lists: 65536, probes: 32, training-vectors: 4M } }]",
    },
  },
  check(design, { perCell }) {
    const items = design.clarify.items?.count?.value;
    const missing: string[] = [];
    const stages = funnelOf(design).filter(({ facts }) => facts.index?.type.startsWith("ivf"));
    if (stages.length === 0) return "not applicable";
    const hits = stages.flatMap(({ facts, path }): Found[] => {
      const lists = facts.index?.lists;
      if (lists === undefined || items === undefined) {
        missing.push(lists === undefined ? `${path}.index.lists` : "1.items.count");
        return [];
      }
      const stated = facts.index?.["training-vectors"]?.value;
      const training = stated ?? Math.min(items, 256 * lists);
      const base = { name: facts.name, lists, items, assumed: stated === undefined };
      if (training < perCell * lists)
        return [
          { ...base, at: stated === undefined ? `${path}.index.lists` : `${path}.index.training-vectors`, training },
        ];
      const root = Math.sqrt(items);
      const unusual = items < 1e6 && (lists < 4 * root || lists > 16 * root);
      return unusual ? [{ ...base, at: `${path}.index.lists`, severity: "advice" }] : [];
    });
    return orUnknown(hits, missing);
  },
  say({ name, lists, training, assumed, items }) {
    if (training === undefined) {
      const root = Math.sqrt(items);
      return {
        message: `${code(name)} has ${count(lists)} cells for ${count(items)} vectors; ${count(4 * root)} to ${count(16 * root)} are usual below a million`,
        label: "an unusual number",
        fix: `use ${count(4 * root)} to ${count(16 * root)} cells`,
      };
    }
    return {
      message: `${code(name)} learns ${count(lists)} cells from ${count(training)} vectors${assumed ? " (assumed: all there are)" : ""}, ${count(training / lists)} each; 30 to 256 are usual`,
      label: `${count(training / lists)} per cell`,
    };
  },
});
