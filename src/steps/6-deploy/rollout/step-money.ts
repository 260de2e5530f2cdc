/** Money lost to positive in one step, per unit and day: the candidate's units against the others, or both models on the same cases. */

import { DAY } from "../../../core/day.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import { compareEstimate } from "../experiment/comparison.ts";
import { compareMeans } from "../experiment/two-means.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import { type StepOutcome, treatedUnits } from "./run-rollout.ts";

export interface StepMoney {
  /** Per unit and day, in the data's currency. */
  readonly candidate: number;
  readonly champion: number;
  /** Candidate less champion. */
  readonly difference: number;
  /** Null where fewer than ten units of an arm lost anything: a mean of so few large amounts has no law to go by. */
  readonly interval: readonly [number, number] | null;
  readonly units: number;
}

const LEAST_LOSSES = 10;

/** With every label of the step. Units with a case in the step count; undefined below two of them in an arm. */
export function stepMoney(
  { time, unit, amount, positive, declined, units }: RolloutCases,
  candidate: CandidateDecisions,
  { share, from, until }: StepOutcome,
): StepMoney | undefined {
  const isPaired = share === 0 || share === 1;
  const treated = treatedUnits(units, share);
  const [byCandidate, byChampion] = [new Float64Array(units), new Float64Array(units)];
  const isSeen = new Uint8Array(units);
  const perDay = DAY / (until - from);
  for (let row = 0; row < time.length; row++) {
    if (time[row] < from || time[row] >= until) continue;
    isSeen[unit[row]] = 1;
    const lost = positive[row] * amount[row] * perDay;
    byCandidate[unit[row]] += lost * (1 - candidate.declined[row]);
    byChampion[unit[row]] += lost * (1 - declined[row]);
  }
  const pick = (losses: Float64Array, arm: number | undefined): Float64Array =>
    losses.filter((_, one) => isSeen[one] === 1 && (arm === undefined || treated[one] === arm));
  const before = pick(byChampion, isPaired ? undefined : 0);
  const now = pick(byCandidate, isPaired ? undefined : 1);
  const [a, b] = [momentsOf(before), momentsOf(now)];
  const isEnough = [before, now].every((losses) => losses.filter((lost) => lost > 0).length >= LEAST_LOSSES);
  if (a.n < 2 || b.n < 2) return undefined;
  const means = { candidate: b.mean, champion: a.mean, units: isPaired ? a.n : a.n + b.n };
  if (!isPaired) {
    const { effect, interval } = compareMeans(a, b);
    return { ...means, difference: effect, interval: isEnough ? interval : null };
  }
  const own = momentsOf(
    pick(
      byCandidate.map((lost, one) => lost - byChampion[one]),
      undefined,
    ),
  );
  const { effect, interval } = compareEstimate(own.mean, Math.sqrt(own.variance / own.n), own.n - 1, 0.95);
  return { ...means, difference: effect, interval: isEnough ? interval : null };
}
