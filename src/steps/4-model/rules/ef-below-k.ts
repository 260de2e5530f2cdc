/** Finds index searches that keep fewer candidates than they are asked for. */

import { wholeAbove } from "../../../core/whole.ts";
import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly name: string;
  readonly keep: number;
  readonly ef?: number;
  /** Vectors in the cells that are read. */
  readonly read?: number;
  readonly probes?: number;
}

export const rule = defineRule<Found, { comfortable: number }>({
  code: "HP409",
  name: "ef-below-k",
  step: 4,
  reads: [
    "4.stages[].index.ef-search",
    "4.stages[].index.probes",
    "4.stages[].index.lists",
    "4.stages[].keep",
    "1.items.count",
  ],
  severity: "error",
  consequence: "blind",
  summary: "the index search looks at fewer vectors than it has to return",
  why: "the list it searches with must be at least as long as its answer; what is missing is filled with nothing or with noise",
  fix: "set `ef-search` to at least `keep`, and plot recall against time for 1 to 4 times as many",
  sources: ["hnswlib (2023)"],
  settings: { comfortable: 1.5 },
  examples: {
    bad: { 4: "stages: [{ name: candidates, index: { type: hnsw, m: 32, ef-search: 100 }, keep: 500 }]" },
    good: { 4: "stages: [{ name: candidates, index: { type: hnsw, m: 32, ef-search: 800 }, keep: 500 }]" },
  },
  check(design, { comfortable }) {
    const missing: string[] = [];
    const items = design.clarify.items?.count?.value;
    const searched = funnelOf(design).filter(
      ({ facts }) => facts.index !== undefined && !facts.index.type.startsWith("exact"),
    );
    if (searched.length === 0) return "not applicable";
    const hits = searched.flatMap(({ facts, path, out: keep }): Found[] => {
      const index = facts.index;
      if (index === undefined || keep === undefined) {
        missing.push(`${path}.keep`);
        return [];
      }
      const base = { name: facts.name, keep, also: [`${path}.keep`] };
      if (index.type === "hnsw") {
        const ef = index["ef-search"];
        if (ef === undefined) missing.push(`${path}.index.ef-search`);
        if (ef === undefined || ef >= comfortable * keep) return [];
        return [{ ...base, at: `${path}.index.ef-search`, severity: ef < keep ? "error" : "advice", ef }];
      }
      const { lists, probes } = index;
      if (lists === undefined || probes === undefined || items === undefined) {
        missing.push(
          lists === undefined ? `${path}.index.lists` : probes === undefined ? `${path}.index.probes` : "1.items.count",
        );
        return [];
      }
      const read = (probes * items) / lists;
      return read >= keep ? [] : [{ ...base, at: `${path}.index.probes`, read, probes }];
    });
    return orUnknown(hits, missing);
  },
  say: ({ name, keep, ef, read = 0, probes = 0 }) => ({
    message:
      ef === undefined
        ? `${code(name)} reads ${count(probes)} ${probes === 1 ? "cell" : "cells"}, about ${count(read)} vectors, and has to return ${count(keep)}`
        : `${code(name)} searches with ef-search ${count(ef)} and has to return ${count(keep)}`,
    label: ef !== undefined && ef >= keep ? "hardly more than it returns" : "fewer than it returns",
    also: [`${count(keep)} are wanted`],
    fix:
      ef === undefined
        ? `read at least ${count(wholeAbove((probes * keep) / Math.max(1, read)))} cells`
        : `set \`ef-search: ${wholeAbove(keep * 1.5)}\` or more, and plot recall against time`,
  }),
});
