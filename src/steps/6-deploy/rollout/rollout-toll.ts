/** What a rollout cost while the candidate decided: whom it met, honest cases that it declined, and positives that it let through. */

import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import type { RolloutOutcome, RolloutPlan } from "./run-rollout.ts";
import { treatedUnits } from "./run-rollout.ts";

/** Over the cases that the candidate decided; the champion's figures are of the same cases. */
export interface RolloutToll {
  readonly units: number;
  readonly cases: number;
  readonly othersDeclined: number;
  readonly othersDeclinedBefore: number;
  /** Amounts of positives that got through, in the data's currency. */
  readonly lost: number;
  readonly lostBefore: number;
}

/** Counted with every label, as one knows in the end; until the champion served everybody again, at most to the end of the last step. */
export function rolloutToll(
  cases: RolloutCases,
  candidate: CandidateDecisions,
  plan: RolloutPlan,
  { steps, stop }: RolloutOutcome,
): RolloutToll {
  const { time, unit, amount, positive, declined, units } = cases;
  const until = Math.min(stop?.servedUntil ?? Number.POSITIVE_INFINITY, plan.start + steps.length * plan.bake);
  const treated = steps.map(({ share }) => treatedUnits(units, share));
  const met = new Uint8Array(units);
  const toll = { units: 0, cases: 0, othersDeclined: 0, othersDeclinedBefore: 0, lost: 0, lostBefore: 0 };
  for (let row = 0; row < time.length; row++) {
    if (time[row] < plan.start || time[row] >= until) continue;
    const step = Math.floor((time[row] - plan.start) / plan.bake);
    if (treated[step][unit[row]] === 0) continue;
    if (met[unit[row]] === 0) toll.units++;
    met[unit[row]] = 1;
    toll.cases++;
    if (positive[row] === 1) {
      toll.lost += amount[row] * (1 - candidate.declined[row]);
      toll.lostBefore += amount[row] * (1 - declined[row]);
    } else {
      toll.othersDeclined += candidate.declined[row];
      toll.othersDeclinedBefore += declined[row];
    }
  }
  return toll;
}
