/** Verdicts from intervals: the one place where a measured value and its 95 % interval become a word. */

import { type Comparison, compares } from "./comparison.ts";
import { standardNormal } from "./distribution-normal.ts";

/** A value with its 95 % interval and the number of independent units behind it; null where there is none. */
export interface Judged {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
}

/** What a clause's interval says: all of it within the limit, a shown loss beyond it, or neither. */
export const CLAUSE_VERDICTS = ["kept", "loses", "not settled"] as const;
export type ClauseVerdict = (typeof CLAUSE_VERDICTS)[number];

/** What the interval of a difference says of two systems. */
export type SystemVerdict = "better" | "worse" | "not told apart";

/** The limit of a clause. `of` a value, it is held against the value itself; of a drop or a rise, against a relative change. */
export interface ClauseLimit {
  readonly of: "value" | "drop" | "rise";
  readonly comparison: Comparison;
  readonly limit: number;
}

/**
 * A verdict, and how many units in all would settle it with a power of `SETTLING_POWER` if the truth is the estimate; null where it is settled or
 * nothing would.
 */
export interface Settled<Verdict> {
  readonly verdict: Verdict;
  readonly units: number | null;
}

/**
 * Two systems by the interval of their difference: better where all of it lies on the good side of zero, worse where all of it
 * lies on the bad side. An end at zero tells nothing apart.
 */
export function compareSystems(difference: Judged, isHigherBetter = true): Settled<SystemVerdict> {
  const { value, interval } = difference;
  if (!isInterval(interval)) return { verdict: "not told apart", units: null };
  const [low, high] = interval;
  if (low > 0) return { verdict: isHigherBetter ? "better" : "worse", units: null };
  if (high < 0) return { verdict: isHigherBetter ? "worse" : "better", units: null };
  return { verdict: "not told apart", units: unitsFor(difference, Math.abs(value), value > 0 ? "low" : "high") };
}

/**
 * A clause by its interval. Kept: every value of the interval satisfies it. Loses: the estimate breaks it, and the interval shows a
 * loss at all (for a change, zero lies outside; for a value, the limit does). Not settled: anything else.
 */
export function judgeClause(measured: Judged, clause: ClauseLimit): Settled<ClauseVerdict> {
  const { value, interval } = measured;
  if (!isInterval(interval)) return { verdict: "not settled", units: null };
  const [low, high] = interval;
  if (satisfies(low, clause) && satisfies(high, clause)) return { verdict: "kept", units: null };
  const isUpper = clause.comparison === "<" || clause.comparison === "<=";
  // A change that may be as large as the limit has lost something only where no change at all is excluded.
  const edge = clause.of === "value" ? clause.limit : isUpper ? Math.min(0, clause.limit) : Math.max(0, clause.limit);
  const isOutside = isUpper ? low > edge : high < edge;
  const isBroken = !satisfies(value, clause);
  if (isBroken && isOutside && clause.comparison !== "=") return { verdict: "loses", units: null };
  const units = isBroken
    ? unitsFor(measured, Math.abs(value - edge), isUpper ? "low" : "high")
    : unitsFor(measured, Math.abs(value - clause.limit), isUpper ? "high" : "low");
  return { verdict: "not settled", units };
}

/** Whether a value satisfies the limit. */
export function satisfies(value: number, { comparison, limit }: ClauseLimit): boolean {
  return compares(value, comparison, limit);
}

/** Half the width of an interval; null where there is none. */
export function halfWidth(interval: Judged["interval"]): number | null {
  return isInterval(interval) ? (interval[1] - interval[0]) / 2 : null;
}

/** The units that would bring the half width down to `wanted`: an interval narrows with the root of its units. */
export function unitsForHalfWidth({ interval, n }: Judged, wanted: number): number | null {
  const half = halfWidth(interval);
  return half === null || n === null || !(wanted > 0) ? null : Math.ceil(n * (half / wanted) ** 2);
}

/** With so many units a truth of this size is settled four times in five; where the interval just reached the edge it would be every second time. */
export const SETTLING_POWER = 0.8;
const REACH_WITH_POWER = 1 + standardNormal.quantile(SETTLING_POWER) / standardNormal.quantile(0.975);

/** The units at which the arm of the interval that faces an edge is shorter than the distance to it, by as much as the power asks. */
function unitsFor({ value, interval, n }: Judged, distance: number, side: "low" | "high"): number | null {
  if (n === null || interval === null || !(distance > 0)) return null;
  const arm = side === "low" ? value - interval[0] : interval[1] - value;
  const units = Math.ceil(n * ((REACH_WITH_POWER * Math.max(arm, 0)) / distance) ** 2);
  return Number.isSafeInteger(units) && units > n ? units : null;
}

function isInterval(interval: Judged["interval"]): interval is readonly [number, number] {
  return interval !== null && Number.isFinite(interval[0]) && Number.isFinite(interval[1]);
}
