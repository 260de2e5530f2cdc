/** Finds indexes that stand twice in memory while a new one is swapped in. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { bytes, code } from "../../../review/words.ts";
import { funnelOf } from "../funnel.ts";
import { indexMemoryOf } from "../index-memory.ts";

interface Found extends Hit {
  readonly name: string;
  readonly size: number;
  readonly has: number;
  readonly stated: boolean;
}

export const rule = defineRule<Found, { full: number; ask: number }>({
  code: "HP408",
  name: "index-swap-doubles-memory",
  step: 4,
  reads: ["6.serving.index-swap", "6.serving.memory", "4.stages[].index", "1.items.count"],
  severity: "warning",
  consequence: "late",
  summary: "old and new index stand in memory together, and there is no room for both",
  why: "the service that fits all day dies at the moment of the swap, on every replica at once",
  fix: "swap replica by replica (`index-swap: rolling`), or map the new file after the old one is released",
  sources: ["faiss wiki (2024)", "Site Reliability Engineering (2016), ch. 22"],
  settings: { full: 0.9, ask: 0.4 },
  examples: {
    bad: {
      1: "items: { count: 23M }",
      4: "stages: [{ name: ann, kind: retrieval, dimensions: 256, index: { type: hnsw, m: 32 } }]",
      6: "serving: { memory: 64 GB, index-swap: in-place }",
    },
    good: {
      1: "items: { count: 23M }",
      4: "stages: [{ name: ann, kind: retrieval, dimensions: 256, index: { type: hnsw, m: 32 } }]",
      6: "serving: { memory: 64 GB, index-swap: rolling }",
    },
  },
  check(design, { full, ask }) {
    const stage = funnelOf(design).find(({ facts }) => facts.index !== undefined);
    if (stage === undefined) return "not applicable";
    const has = design.deploy.serving?.memory?.value;
    const size = indexMemoryOf(stage, design)?.bytes;
    if (size === undefined) return unknown("1.items.count");
    if (has === undefined) return unknown("6.serving.memory");
    const swap = design.deploy.serving?.["index-swap"];
    const base = { at: "6.serving.index-swap", also: [`${stage.path}.index`], name: stage.facts.name, size, has };
    if (swap === undefined) return exceeds(size, ask * has) ? [{ ...base, severity: "advice", stated: false }] : [];
    return swap === "in-place" && exceeds(2 * size, full * has) ? [{ ...base, stated: true }] : [];
  },
  say: ({ name, size, has, stated }) => ({
    message: stated
      ? `the index of ${code(name)} takes ${bytes(size)} and is swapped in place: ${bytes(2 * size)} for a moment, of ${bytes(has)}`
      : `the index of ${code(name)} takes ${bytes(size)} of ${bytes(has)}, and nothing says how a new one gets in`,
    label: stated ? "both at once" : "how is it swapped?",
    also: [bytes(size)],
  }),
  repair: ({ stated }) => (stated ? [{ replace: "6.serving.index-swap", by: "rolling" }] : []),
});
