/** What a rollout cost while the candidate decided: whom it met, honest payments that it declined, and fraud that it let through. */

import type { CandidateDecisions, RolloutPayments } from "./rollout-payments.ts";
import type { RolloutOutcome, RolloutPlan } from "./run-rollout.ts";
import { treatedCustomers } from "./run-rollout.ts";

/** Over the payments that the candidate decided; the champion's figures are of the same payments. */
export interface RolloutToll {
  readonly customers: number;
  readonly payments: number;
  readonly honestDeclined: number;
  readonly honestDeclinedBefore: number;
  /** Amounts of frauds that got through, in the data's currency. */
  readonly lost: number;
  readonly lostBefore: number;
}

/** Counted with every label, as one knows in the end; until the champion served everybody again, at most to the end of the last step. */
export function rolloutToll(
  payments: RolloutPayments,
  candidate: CandidateDecisions,
  plan: RolloutPlan,
  { steps, stop }: RolloutOutcome,
): RolloutToll {
  const { time, customer, amount, fraud, declined, customers } = payments;
  const until = Math.min(stop?.servedUntil ?? Number.POSITIVE_INFINITY, plan.start + steps.length * plan.bake);
  const treated = steps.map(({ share }) => treatedCustomers(customers, share));
  const met = new Uint8Array(customers);
  const toll = { customers: 0, payments: 0, honestDeclined: 0, honestDeclinedBefore: 0, lost: 0, lostBefore: 0 };
  for (let row = 0; row < time.length; row++) {
    if (time[row] < plan.start || time[row] >= until) continue;
    const step = Math.floor((time[row] - plan.start) / plan.bake);
    if (treated[step][customer[row]] === 0) continue;
    if (met[customer[row]] === 0) toll.customers++;
    met[customer[row]] = 1;
    toll.payments++;
    if (fraud[row] === 1) {
      toll.lost += amount[row] * (1 - candidate.declined[row]);
      toll.lostBefore += amount[row] * (1 - declined[row]);
    } else {
      toll.honestDeclined += candidate.declined[row];
      toll.honestDeclinedBefore += declined[row];
    }
  }
  return toll;
}
