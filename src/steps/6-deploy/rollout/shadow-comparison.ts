/** What the shadow step shows: both models score every case, only the champion acts. */

import { compareEstimate } from "../experiment/comparison.ts";
import { type AlertVolume, alertVolume } from "./alert-volume.ts";
import { createRatioTally } from "./ratio-tally.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import type { StepOutcome } from "./run-rollout.ts";

/** Cases that only one of the two declines, and how many of them turned out to be positive. */
export interface OneSided {
  readonly cases: number;
  readonly positives: number;
}

export interface ShadowComparison {
  readonly cases: number;
  /** Share of cases on which both decide alike; the interval is over units. */
  readonly agreement: { readonly share: number; readonly interval: readonly [number, number] } | undefined;
  readonly onlyCandidate: OneSided;
  readonly onlyChampion: OneSided;
  readonly failed: number;
  /** Of the candidate. */
  readonly volume: AlertVolume | undefined;
}

/** Counted with every label of the step's cases, which are there a delay after its end. */
export function compareInShadow(
  { time, unit, positive, declined, units }: RolloutCases,
  candidate: CandidateDecisions,
  { from, until }: Pick<StepOutcome, "from" | "until">,
): ShadowComparison {
  const tally = createRatioTally(units);
  const onlyCandidate = { cases: 0, positives: 0 };
  const onlyChampion = { cases: 0, positives: 0 };
  let [cases, failed] = [0, 0];
  for (let row = 0; row < time.length; row++) {
    if (time[row] < from || time[row] >= until) continue;
    cases++;
    failed += candidate.failed[row];
    const differs = candidate.declined[row] !== declined[row];
    tally.add(unit[row], differs ? 0 : 1, 1);
    if (!differs) continue;
    const side = declined[row] === 1 ? onlyChampion : onlyCandidate;
    side.cases++;
    side.positives += positive[row];
  }
  const agreed = tally.read();
  return {
    cases,
    agreement:
      agreed === undefined
        ? undefined
        : {
            share: agreed.ratio,
            interval: compareEstimate(agreed.ratio, Math.sqrt(agreed.variance), Number.POSITIVE_INFINITY, 0.95)
              .interval,
          },
    onlyCandidate,
    onlyChampion,
    failed,
    volume: alertVolume(time, candidate.declined, from, until),
  };
}
