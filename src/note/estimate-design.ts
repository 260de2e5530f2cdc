/** The estimate of a whole design: every sheet filled in, what is missing, and which limits are broken. */

import type { Random } from "../core/random.ts";
import { MAXIMUM_SERVERS } from "../estimate/erlang.ts";
import { fillSheets } from "../estimate/fill-sheets.ts";
import type { FilledSheet, LimitCheck, MissingFact } from "../estimate/sheet.ts";
import { type QueueOutcome, simulateQueue } from "../estimate/simulate-queue.ts";
import { MEAN_OF_P99 } from "../steps/6-deploy/sheets/replicas.ts";
import type { Design } from "../steps/design.ts";
import { isHeld, proposedFacts } from "./proposed-facts.ts";
import { SHEETS } from "./sheets.ts";

export interface DesignEstimate {
  readonly sheets: readonly FilledSheet[];
  /** Keys to write, each once, in the order of the steps. */
  readonly missing: readonly MissingFact[];
  readonly broken: readonly LimitCheck[];
  /** Sheets that could not be computed because a fact is impossible, such as no traffic at all. */
  readonly failed: readonly FilledSheet[];
  /** Facts that answers of the chosen design rest on and that are proposed only: an import has read them, and nobody has accepted them. */
  readonly proposed: readonly ProposedBasis[];
}

export interface ProposedBasis {
  /** `1.users.daily`. */
  readonly key: string;
  /** With its value, as the note writes it: `1.users.daily 2M`. */
  readonly says: string;
}

/** Pure and quick enough for a slider: about a millisecond. */
export function estimateDesign(design: Design): DesignEstimate {
  const sheets = fillSheets(SHEETS, design);
  const missing = new Map(sheets.flatMap((sheet) => sheet.missing.map((one) => [one.key, one] as const)));
  const chosen = sheets.filter((sheet) => !sheet.isAlternative);
  const proposals = proposedFacts(design);
  const used = new Set(chosen.flatMap(({ answer, restsOn }) => (answer === undefined ? [] : restsOn)));
  return {
    sheets,
    missing: [...missing.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    broken: chosen.flatMap((sheet) => sheet.limits.filter((limit) => limit.isBroken)),
    failed: sheets.filter((sheet) => sheet.failure !== undefined),
    proposed: [...used]
      // A default stands in for what the note leaves out: nobody has proposed it.
      .filter((key) => isHeld(design.places, key) && proposals.has(key))
      .sort()
      .map((key) => ({ key, says: writtenFact(design, key) })),
  };
}

/** How many limits of the chosen design have an estimate beside them: where there is none, none is broken and none holds. */
export function checkedLimits({ sheets }: Pick<DesignEstimate, "sheets">): number {
  const chosen = sheets.filter(({ isAlternative, answer }) => !isAlternative && answer !== undefined);
  return chosen.reduce((sum, { limits }) => sum + limits.length, 0);
}

/** Of the facts that are proposed only, those that an answer rests on. */
export function proposedBehind({ restsOn }: FilledSheet, { proposed }: DesignEstimate): readonly string[] {
  return proposed.flatMap(({ key, says }) => (restsOn.includes(key) ? [says] : []));
}

/** A fact and its value, as the note writes it: `1.users.daily 2M`. */
export function writtenFact({ places, text }: Pick<Design, "places" | "text">, key: string): string {
  const place = places.get(key);
  return place === undefined ? key : `${key} ${text.slice(place.start, place.end).replaceAll(/\s+/gu, " ").trim()}`;
}

export interface DesignSimulation extends QueueOutcome {
  /** What was simulated, in words. */
  readonly model: string;
  /** The sum of the stages' budgets, in seconds, that it stands beside. */
  readonly budget: number;
  /** The limit of the note at the 99th percentile, in seconds. */
  readonly limit: number | undefined;
}

/**
 * Simulates the peak: Poisson arrivals at the pool of replicas, the stages one after the other, each exponential with its budget
 * as 99th percentile, or with the stated service time divided among the stages as their budgets are. A stage that fans out waits
 * for its slowest call. The network is added to each answer, since no replica is busy with it. Undefined where traffic,
 * budgets or replicas are not known or are nothing, or where more than a million requests are served at once.
 */
export function simulateDesign(
  design: Design,
  estimate: DesignEstimate,
  random: Random,
  requests = 1_000_000,
): DesignSimulation | undefined {
  const { budget = {}, "service-time": stated } = design.deploy.serving ?? {};
  const rate = lineValue(estimate, "traffic", "peak");
  const servers = serversOf(design, estimate);
  const stages = Object.entries(budget).filter(([name, one]) => name !== "network" && one.value > 0);
  if (rate === undefined || servers === undefined || stages.length === 0) return undefined;
  const mean = stated?.value ?? 1;
  if (servers > MAXIMUM_SERVERS || servers < 1 || !(rate > 0) || !(mean > 0)) return undefined;
  const sum = stages.reduce((total, [, one]) => total + one.value, 0);
  const scale = stated === undefined ? MEAN_OF_P99 : stated.value / sum;
  const simulated = stages.map(([name, one]) => {
    const stage = design.model.stages?.find((candidate) => candidate.name === name);
    return { mean: one.value * scale, fanOut: stage?.["fan-out"] ?? 1 };
  });
  const outcome = simulateQueue({ rate, servers, stages: simulated, requests, random });
  const network = budget.network?.value ?? 0;
  const how = stated === undefined ? "each with its budget as 99th percentile" : `${stated.text} in all on average`;
  return {
    ...outcome,
    mean: outcome.mean + network,
    p50: outcome.p50 + network,
    p99: outcome.p99 + network,
    p999: outcome.p999 + network,
    model: `${stages.length} exponential stages, ${how}, ${servers} requests served at once`,
    budget: sum + network,
    limit: design.clarify.latency?.p99?.value,
  };
}

function serversOf({ deploy }: Design, estimate: DesignEstimate): number | undefined {
  const { replicas, concurrency = 8 } = deploy.serving ?? {};
  return replicas === undefined ? lineValue(estimate, "replicas", "servers") : replicas * concurrency;
}

function lineValue({ sheets }: DesignEstimate, sheet: string, line: string): number | undefined {
  return sheets.find((one) => one.sheet === sheet)?.lines.find((one) => one.name === line)?.value;
}
