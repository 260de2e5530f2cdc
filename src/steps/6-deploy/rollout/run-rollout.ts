/** Replays a rollout: case by case, step by step, looked at every hour, stopped as soon as a guardrail shows harm. */

import { firstEventAt } from "../../3-data/time-order.ts";
import { assignByHash } from "../experiment/assign-by-hash.ts";
import { type AlertVolume, alertVolume } from "./alert-volume.ts";
import type { Guardrail } from "./guardrail.ts";
import { type OpenReading, openReading, type Reading, type Watch, watchesOf } from "./guardrail-watch.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";

/** JSON as it stands. */
export type RolloutStep = {
  /** `shadow`, or the share as people read it. */
  readonly label: string;
  /** Share of the units that the candidate decides for; 0 in shadow. */
  readonly share: number;
};

export interface RolloutPlan {
  readonly steps: readonly RolloutStep[];
  /** When the first step begins; each lasts `bake` seconds, whole hours. */
  readonly start: number;
  readonly bake: number;
  /** Seconds from the decision to stop until the champion serves everybody again; null where there is no way back before the step ends. */
  readonly rollback: number | null;
  readonly guardrails: readonly Guardrail[];
  /** The chance that a candidate which does no harm is stopped, over the whole rollout. */
  readonly alpha: number;
  /** Largest share of positives of earlier weeks, known when the rollout begins. */
  readonly positiveShare: number;
  /** Alerts that the team can work off a day; null where the threshold does not come from that. */
  readonly alertsPerDay: number | null;
  /** Whether the candidate was found to be slower than the margin allows, before it served anybody. */
  readonly isTooSlow: boolean;
}

/** One step as far as there are cases for it. */
export interface StepOutcome extends RolloutStep {
  readonly from: number;
  readonly until: number;
  /** The cases end within the step. */
  readonly isCut: boolean;
  readonly cases: number;
  /** Labels of the step's own cases that had arrived when it ended. */
  readonly labelled: number;
  /** With every label that had arrived when the watch ended. */
  readonly readings: readonly Reading[];
}

export interface RolloutStop {
  readonly at: number;
  /** The step that was running, by its place. */
  readonly step: number;
  /** The step whose cases showed the harm: an earlier one where it took a label to know. */
  readonly shownBy: number;
  /** The reading that stopped it; undefined where it was latency or the number of alerts. */
  readonly reading: Reading | undefined;
  readonly volume: AlertVolume | undefined;
  /** When the champion served everybody again. */
  readonly servedUntil: number;
}

export interface RolloutOutcome {
  /** The steps that were begun. */
  readonly steps: readonly StepOutcome[];
  /** Steps for which there are no cases. */
  readonly withoutData: readonly string[];
  readonly stop: RolloutStop | undefined;
}

/** How often the watch looks. */
export const LOOK = 3600;
const SALT = "rollout";

/** Whether the candidate decides for a unit; who is in at one share is in at every larger one. */
export function isTreated(unit: number, share: number): boolean {
  return share >= 1 || (share > 0 && assignByHash(`customer ${unit}`, SALT, [share, 1 - share]) === 0);
}

/** At each look every case so far is known, and every label that is `delay` old. The error is divided evenly over all readings of all steps. */
export function runRollout(cases: RolloutCases, candidate: CandidateDecisions, plan: RolloutPlan): RolloutOutcome {
  const { time, delay } = cases;
  const end = time.length === 0 ? Number.NEGATIVE_INFINITY : time[time.length - 1];
  const stepFrom = (step: number): number => plan.start + step * plan.bake;
  const begun = plan.steps.filter((_, step) => stepFrom(step) <= end).length;
  const watches = watchesOf(plan.guardrails, cases, plan.positiveShare);
  const alpha = readingAlpha(plan, watches);
  const open = plan.steps.slice(0, begun).map(({ share }) => ({
    treated: treatedUnits(cases.units, share),
    readings: watches.map((watch) => openReading(watch, share === 0 || share === 1, cases.units, alpha)),
    cases: 0,
    labelled: 0,
  }));
  const feed = (row: number, step: number, when: OpenReading["when"]): void => {
    const { unit, declined } = cases;
    const isIn = open[step].treated[unit[row]] === 1;
    for (const reading of open[step].readings) {
      if (reading.when === when)
        reading.add(row, unit[row], isIn, candidate.declined[row], candidate.failed[row], declined[row]);
    }
  };
  let stop: RolloutStop | undefined;
  let seen = firstEventAt(time, plan.start);
  let labelled = seen;
  const watchedUntil = Math.min(stepFrom(begun), end + LOOK) + delay;
  for (let look = plan.start + LOOK; stop === undefined && look < watchedUntil + LOOK; look += LOOK) {
    for (; seen < time.length && time[seen] < Math.min(look, stepFrom(begun)); seen++) {
      const step = stepOf(time[seen], plan);
      open[step].cases++;
      feed(seen, step, "at once");
    }
    for (; labelled < seen && time[labelled] + delay <= look; labelled++) {
      const step = stepOf(time[labelled], plan);
      if (look <= stepFrom(step + 1)) open[step].labelled++;
      feed(labelled, step, "confirmed");
    }
    stop = judge(look);
  }

  function judge(look: number): RolloutStop | undefined {
    const step = Math.min(begun - 1, stepOf(look - 1, plan));
    const stopAt = (shownBy: number, reading?: Reading, volume?: AlertVolume): RolloutStop => {
      const servedUntil = plan.rollback === null ? Math.max(look, stepFrom(step + 1)) : look + plan.rollback;
      return { at: look, step, shownBy, reading, volume, servedUntil };
    };
    if (plan.isTooSlow) return stopAt(step);
    for (let shownBy = 0; shownBy <= step; shownBy++) {
      const harmed = open[shownBy].readings.map((one) => one.read()).find((one) => one?.isHarmed === true);
      if (harmed !== undefined) return stopAt(shownBy, harmed);
    }
    const endsShadow = plan.steps[step].share === 0 && look >= stepFrom(step + 1) && look < stepFrom(step + 1) + LOOK;
    if (!endsShadow || plan.alertsPerDay === null) return undefined;
    const volume = alertVolume(time, candidate.declined, stepFrom(step), stepFrom(step + 1));
    return volume !== undefined && volume.interval[0] > plan.alertsPerDay ? stopAt(step, undefined, volume) : undefined;
  }

  const last = stop?.step ?? begun - 1;
  return {
    steps: open.slice(0, last + 1).map((one, step) => ({
      ...plan.steps[step],
      from: stepFrom(step),
      until: Math.min(stepFrom(step + 1), stop?.step === step ? stop.at : Number.POSITIVE_INFINITY),
      isCut: end + LOOK < stepFrom(step + 1),
      cases: one.cases,
      labelled: one.labelled,
      readings: one.readings.flatMap((reading) => reading.read() ?? []),
    })),
    withoutData: plan.steps.slice(begun).map(({ label }) => label),
    stop,
  };
}

/** The error that one reading may spend. */
export function readingAlpha({ alpha, steps }: RolloutPlan, watches: readonly Watch[]): number {
  return alpha / Math.max(1, watches.length * steps.length);
}

/** 1 for the units that the candidate decides for. */
export function treatedUnits(units: number, share: number): Uint8Array {
  return Uint8Array.from({ length: units }, (_, unit) => Number(isTreated(unit, share)));
}

function stepOf(time: number, { start, bake }: RolloutPlan): number {
  return Math.floor((time - start) / bake);
}
