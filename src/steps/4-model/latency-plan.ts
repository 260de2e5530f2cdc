/** The time of one request as the design plans it, part by part. */

import type { Design } from "../design.ts";
import { funnelOf } from "./funnel.ts";

export interface LatencyPart {
  readonly name: string;
  readonly seconds: number;
  readonly path: string;
}

export interface LatencyPlan {
  /** In the order of serving; stages of one parallel group stand as the slowest of them. */
  readonly parts: readonly LatencyPart[];
  readonly total: number;
  /** Stages that say nothing of their time: the total is a lower bound. */
  readonly silent: readonly string[];
  /** Whether the network is among the parts; it counts as 0 where it is not. */
  readonly hasNetwork: boolean;
}

/** Undefined where no stage says what it takes. */
export function latencyPlanOf(design: Design): LatencyPlan | undefined {
  const stages = funnelOf(design);
  const groups = new Map<string, LatencyPart>();
  for (const { facts, latency, latencyPath } of stages) {
    if (latency === undefined) continue;
    const group = facts["parallel-group"];
    const key = group === undefined ? `stage ${facts.name}` : `group ${group}`;
    const slowest = groups.get(key);
    if (slowest === undefined || slowest.seconds < latency) {
      groups.set(key, { name: facts.name, seconds: latency, path: latencyPath });
    }
  }
  if (groups.size === 0) return undefined;
  const fetch = design.data.fetch;
  const names = new Set(stages.map(({ facts }) => facts.name));
  const others = Object.entries(design.deploy.serving?.budget ?? {}).filter(([name]) => !names.has(name));
  const parts = [
    ...(fetch === undefined ? [] : [{ name: "features", seconds: fetch.value, path: "3.fetch" }]),
    ...groups.values(),
    ...others.map(([name, { value }]) => ({ name, seconds: value, path: `6.serving.budget.${name}` })),
  ];
  return {
    parts,
    total: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    silent: stages.filter(({ latency }) => latency === undefined).map(({ facts }) => facts.name),
    hasNetwork: others.some(([name]) => name === "network"),
  };
}
