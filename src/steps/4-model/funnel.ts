/** The stages of a model as a funnel: what each is, receives, hands on and may take. */

import type { Design } from "../design.ts";
import type { StageFacts } from "./schema.ts";

export interface FunnelStage {
  readonly facts: StageFacts;
  readonly i: number;
  readonly path: string;
  readonly kind: "retrieval" | "filter" | "ranking" | "re-ranking";
  /** Items received: as stated, else what the stage before keeps, else the catalogue for the first. */
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
    const before = i === 0 ? design.clarify.items?.count?.value : stages[i - 1].keep?.value;
    return {
      facts,
      i,
      path: `4.stages[${i}]`,
      kind: facts.kind ?? kindOfName(facts.name, i, stages.length),
      in: facts.in?.value ?? before,
      out: facts.keep?.value,
      latency: facts.latency?.value ?? budget[facts.name]?.value,
      latencyPath: facts.latency === undefined ? `6.serving.budget.${facts.name}` : `4.stages[${i}].latency`,
    };
  });
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
