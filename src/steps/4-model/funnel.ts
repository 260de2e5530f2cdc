/** The stages of a model as a funnel: what each is, receives, hands on and may take. */

import type { Design } from "../design.ts";
import type { StageFacts } from "./schema.ts";

export interface FunnelStage {
  readonly facts: StageFacts;
  readonly i: number;
  readonly path: string;
  readonly kind: "retrieval" | "filter" | "ranking" | "re-ranking";
  /** Items received: as stated, else what is supplied. */
  readonly in: number | undefined;
  readonly out: number | undefined;
  /** p99 in seconds: the stage's own, else its share of `serving.budget`. */
  readonly latency: number | undefined;
  /** Where the latency stands. */
  readonly latencyPath: string;
}

export function funnelOf(design: Design): FunnelStage[] {
  const stages = design.model.stages ?? [];
  const budget = design.deploy.serving?.budget ?? {};
  return stages.map((facts, i) => {
    return {
      facts,
      i,
      path: `4.stages[${i}]`,
      kind: facts.kind ?? kindOfName(facts.name, i, stages.length),
      in: facts.in?.value ?? supplyOf(design, i)?.items,
      out: facts.keep?.value,
      latency: facts.latency?.value ?? budget[facts.name]?.value,
      latencyPath: facts.latency === undefined ? `6.serving.budget.${facts.name}` : `4.stages[${i}].latency`,
    };
  });
}

/** What stands before a stage, and how many items it hands on. */
export interface Supply {
  /** A stage, or a group of stages side by side; undefined for the catalogue. */
  readonly name: string | undefined;
  readonly items: number;
  /** The last stage that supplies. */
  readonly path: string;
}

/**
 * What stage `i` is given: the catalogue for the first, else what the stage before keeps. Stages of one `parallel-group` stand side
 * by side: each is given what stands before the group, and the stage after them what they keep together (duplicates counted).
 */
export function supplyOf(design: Design, i: number): Supply | undefined {
  const stages = design.model.stages ?? [];
  const groupOf = (at: number): string | undefined => stages[at]["parallel-group"];
  const own = groupOf(i);
  let last = i - 1;
  while (own !== undefined && last >= 0 && groupOf(last) === own) last -= 1;
  if (last < 0) {
    const items = design.clarify.items?.count?.value;
    return items === undefined ? undefined : { name: undefined, items, path: "1.items.count" };
  }
  const path = `4.stages[${last}]`;
  const group = groupOf(last);
  let first = last;
  while (group !== undefined && first > 0 && groupOf(first - 1) === group) first -= 1;
  const kept = stages.slice(first, last + 1).map(({ keep }) => keep?.value);
  if (kept.includes(undefined)) return undefined;
  const items = kept.reduce((sum: number, one) => sum + (one ?? 0), 0);
  return { name: group ?? stages[last].name, items, path };
}

/** The last stage's `keep` is what is shown, unless the framing says how many slots there are. */
export function slotsOf(design: Design): number | undefined {
  return design.frame.slots?.value ?? design.model.stages?.at(-1)?.keep?.value;
}

function kindOfName(name: string, i: number, stages: number): FunnelStage["kind"] {
  const plain = name.toLowerCase();
  if (/candidate|retriev|recall|ann|search|nearest/u.test(plain) && i < stages) return "retrieval";
  if (/re-?rank/u.test(plain)) return "re-ranking";
  if (/filter/u.test(plain)) return "filter";
  return "ranking";
}
