/** How one reading came about: what it said at every look, with the labels that had arrived by then. */

import { DAY } from "../../../core/day.ts";
import { openReading, type Reading, watchesOf } from "./guardrail-watch.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import { LOOK, type RolloutPlan, readingAlpha, treatedUnits } from "./run-rollout.ts";

export interface ReadingMoment extends Reading {
  readonly at: number;
}

/** The reading of a step's cases, as the rollout saw it, up to the moment `until`. Empty where nothing measures it. */
export function readingHistory(
  cases: RolloutCases,
  candidate: CandidateDecisions,
  plan: RolloutPlan,
  { step, kind, when, until }: Pick<Reading, "kind" | "when"> & { readonly step: number; readonly until: number },
): readonly ReadingMoment[] {
  const { time, unit, declined, delay, units } = cases;
  const watches = watchesOf(plan.guardrails, cases, plan.positiveShare);
  const watch = watches.find((one) => one.guardrail.kind === kind && one.when === when);
  if (watch === undefined) return [];
  const { share } = plan.steps[step];
  const reading = openReading(watch, share === 0 || share === 1, units, readingAlpha(plan, watches));
  const treated = treatedUnits(units, share);
  const from = plan.start + step * plan.bake;
  const late = when === "confirmed" ? delay : 0;
  const history: ReadingMoment[] = [];
  let row = time.findIndex((one) => one >= from);
  for (let at = from + late; row >= 0 && at <= Math.min(until, from + plan.bake + late); at += LOOK) {
    for (; row < time.length && time[row] + late < at && time[row] < from + plan.bake; row++) {
      const isIn = treated[unit[row]] === 1;
      reading.add(row, unit[row], isIn, candidate.declined[row], candidate.failed[row], declined[row]);
    }
    const now = reading.read();
    if (now !== undefined) history.push({ ...now, at });
  }
  return history;
}

/** Days since the rollout began. */
export function dayOf(moment: number, { start }: Pick<RolloutPlan, "start">): number {
  return (moment - start) / DAY;
}
