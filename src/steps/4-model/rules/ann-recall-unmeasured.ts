/** Finds approximate indexes whose loss against exact search nobody has measured. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, count, share } from "../../../review/words.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly name: string;
  readonly type: string;
  readonly recall?: number;
  readonly floor: number;
  /** The catalogue's size, where exact search would do. */
  readonly few?: number;
  readonly keep?: number;
}

export const rule = defineRule<Found, { floor: number; exactEnough: number }>({
  code: "HP411",
  name: "ann-recall-unmeasured",
  step: 4,
  reads: ["4.stages[].index.type", "4.stages[].index.recall", "4.stages[].index.recall-floor", "1.items.count"],
  severity: "warning",
  consequence: "blind",
  summary: "an approximate index has no recall figure, or one below its floor",
  why: "what the index loses looks like a worse model, and no later stage can bring it back",
  fix: "take 1,000 queries, compare with exact search at the same k, write `recall:`, and repeat after every change of index or embedding",
  sources: ["hnswlib (2023)", "faiss wiki (2024)"],
  settings: { floor: 0.9, exactEnough: 10_000 },
  examples: {
    bad: { 1: "items: { count: 50M }", 4: "stages: [{ name: ann, index: { type: ivf-pq, lists: 65536 }, keep: 500 }]" },
    good: {
      1: "items: { count: 50M }",
      4: "stages: [{ name: ann, index: { type: ivf-pq, lists: 65536, recall: 95% }, keep: 500 }]",
    },
  },
  check(design, { floor: usual, exactEnough }) {
    const items = design.clarify.items?.count?.value;
    const stages = funnelOf(design).filter(
      ({ facts }) => facts.index !== undefined && !facts.index.type.startsWith("exact"),
    );
    if (stages.length === 0) return "not applicable";
    return stages.flatMap(({ facts, path, out }): Found[] => {
      const recall = facts.index?.recall?.value;
      const floor = facts.index?.["recall-floor"]?.value ?? usual;
      const base = { name: facts.name, type: facts.index?.type ?? "", floor, keep: out };
      if (recall !== undefined && recall < floor) return [{ ...base, at: `${path}.index.recall`, recall }];
      if (items !== undefined && items < exactEnough)
        return [{ ...base, at: `${path}.index`, also: ["1.items.count"], severity: "advice", few: items }];
      return recall === undefined ? [{ ...base, at: `${path}.index` }] : [];
    });
  },
  say({ name, type, recall, floor, few, keep }) {
    const at = keep === undefined ? "" : `@${keep}`;
    if (recall !== undefined) {
      return {
        message: `${code(name)} finds ${share(recall)} of what exact search finds, below the floor of ${share(floor)}`,
        label: `below ${share(floor)}`,
        fix: "raise `ef-search` or `probes`, or use longer codes, and measure again",
      };
    }
    if (few !== undefined) {
      return {
        message: `${code(name)} searches ${count(few)} items with ${type}, where exact search takes well under a millisecond and loses nothing`,
        label: "exact would do",
        also: ["so few"],
        why: "an approximate index adds a build, parameters and a loss, and saves nothing at this size",
        fix: "write `index: exact`",
      };
    }
    return {
      message: `${code(name)} uses ${type}, and no recall${at} against exact search is given`,
      label: "how much does it lose?",
    };
  },
  repair: ({ at, few }) => (few === undefined ? [] : [{ replace: at, by: "exact" }]),
});
