/** The work of a stage against its time: read once, so that the rule and the estimate cannot disagree. */

import type { Quantity } from "../../core/quantity.ts";
import type { Design } from "../design.ts";
import { type FunnelStage, funnelOf } from "./funnel.ts";

export interface StageWork {
  readonly stage: FunnelStage;
  readonly items: number;
  readonly each: Quantity;
  readonly parallelism: number;
  /** Seconds that a request takes whatever the number of items. */
  readonly fixed: number;
  /** Seconds of work for one request: items × each / parallelism + fixed. */
  readonly work: number;
  /** Seconds that the stage has: its share of `serving.budget`, else its own latency. */
  readonly has: number;
}

export interface StageWorkRead {
  readonly known: readonly StageWork[];
  /** Paths of facts that other stages lack. */
  readonly missing: readonly string[];
}

export function stageWorkOf(design: Design): StageWorkRead {
  const budget = design.deploy.serving?.budget ?? {};
  const missing: string[] = [];
  const known = funnelOf(design).flatMap((stage): StageWork[] => {
    const { facts, path } = stage;
    const each = facts["item-cost"];
    const has = budget[facts.name]?.value ?? stage.latency;
    if (each === undefined || stage.in === undefined || has === undefined) {
      missing.push(each === undefined ? `${path}.item-cost` : `${path}.${stage.in === undefined ? "in" : "latency"}`);
      return [];
    }
    const parallelism = facts.parallelism ?? 1;
    const fixed = facts["fixed-cost"]?.value ?? 0;
    return [
      {
        stage,
        items: stage.in,
        each,
        parallelism,
        fixed,
        has,
        work: secondsOf(stage.in, each.value, parallelism, fixed),
      },
    ];
  });
  return { known, missing };
}

/** The same arithmetic as the estimate `stage-work`, which says it aloud. */
export function secondsOf(items: number, each: number, parallelism: number, fixed: number): number {
  return (items * each) / parallelism + fixed;
}
