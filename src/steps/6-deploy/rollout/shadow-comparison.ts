/** What the shadow step shows: both models score every payment, only the champion acts. */

import { compareEstimate } from "../experiment/comparison.ts";
import { type AlertVolume, alertVolume } from "./alert-volume.ts";
import { createRatioTally } from "./ratio-tally.ts";
import type { CandidateDecisions, RolloutPayments } from "./rollout-payments.ts";
import type { StepOutcome } from "./run-rollout.ts";

/** Payments that only one of the two declines, and how many of them turned out to be fraud. */
export interface OneSided {
  readonly payments: number;
  readonly frauds: number;
}

export interface ShadowComparison {
  readonly payments: number;
  /** Share of payments on which both decide alike; the interval is over customers. */
  readonly agreement: { readonly share: number; readonly interval: readonly [number, number] } | undefined;
  readonly onlyCandidate: OneSided;
  readonly onlyChampion: OneSided;
  readonly failed: number;
  /** Of the candidate. */
  readonly volume: AlertVolume | undefined;
}

/** Counted with every label of the step's payments, which are there a delay after its end. */
export function compareInShadow(
  { time, customer, fraud, declined, customers }: RolloutPayments,
  candidate: CandidateDecisions,
  { from, until }: Pick<StepOutcome, "from" | "until">,
): ShadowComparison {
  const tally = createRatioTally(customers);
  const onlyCandidate = { payments: 0, frauds: 0 };
  const onlyChampion = { payments: 0, frauds: 0 };
  let [payments, failed] = [0, 0];
  for (let row = 0; row < time.length; row++) {
    if (time[row] < from || time[row] >= until) continue;
    payments++;
    failed += candidate.failed[row];
    const differs = candidate.declined[row] !== declined[row];
    tally.add(customer[row], differs ? 0 : 1, 1);
    if (!differs) continue;
    const side = declined[row] === 1 ? onlyChampion : onlyCandidate;
    side.payments++;
    side.frauds += fraud[row];
  }
  const agreed = tally.read();
  return {
    payments,
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
