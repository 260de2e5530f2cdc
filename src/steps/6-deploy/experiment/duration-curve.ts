/** The duration curve: what effect can be found after each day, by the formula and with the factors that size the plan. */

import { type Outcome, succeed } from "../../../core/outcome.ts";
import { positive, share, whenAll, wholeNumber } from "./plan-input.ts";
import { effectFor, type SizedComparison, sizeFor } from "./plan-size.ts";

/** The comparison whose reach is asked for, day by day. */
export interface CurvePlan {
  readonly comparison: SizedComparison;
  /** How many times more units the plan needs than a plain test read once: CUPED, clusters and looks multiplied; 1 by default. */
  readonly factor?: number;
  /** Whether the effect looked for is a rise (1, the default) or a fall. */
  readonly sign?: 1 | -1;
  readonly unitsPerDay: number;
  /** Different units that there are: once all have been in, a further day finds no more. Endless where absent. */
  readonly unitsTotal?: number;
  readonly traffic?: number;
  /** Share of the smallest arm. */
  readonly smallestShare: number;
  /** Last day of the curve. */
  readonly days: number;
}

/** What can be found after one day more. */
export interface CurvePoint {
  readonly day: number;
  readonly perArm: number;
  /** Smallest effect found with the planned power. */
  readonly detectable: number;
  /** The same as a share of the baseline or mean; NaN where the mean is 0. */
  readonly relative: number;
}

/** One point per day. Days on which nothing could be found at all (the baseline cannot be told from 100 %) are left out. */
export function durationCurve(plan: CurvePlan): Outcome<readonly CurvePoint[]> {
  const { comparison, factor = 1, sign = 1, unitsPerDay, traffic = 1, smallestShare, days } = plan;
  const { unitsTotal = Number.POSITIVE_INFINITY } = plan;
  const { metric } = comparison;
  const level = "baseline" in metric ? metric.baseline : metric.mean;
  const checked = whenAll(
    [
      positive("units per day", unitsPerDay),
      positive("factor", factor),
      share("traffic", traffic),
      share("smallest share", smallestShare),
      wholeNumber("days", days, 1),
    ],
    () => undefined,
  );
  if (!checked.ok) return checked;
  const possible = sizeFor(comparison, sign * ("baseline" in metric ? (sign > 0 ? 1 - level : level) / 2 : metric.sd));
  if (!possible.ok) return possible;
  const points: CurvePoint[] = [];
  for (let day = 1; day <= days; day++) {
    const perArm = Math.min(day * unitsPerDay, unitsTotal) * traffic * smallestShare;
    const last = points.at(-1);
    // Once everybody is in, a further day is the same question.
    const detectable = last?.perArm === perArm ? last.detectable : effectFor(comparison, perArm / factor, sign);
    if (detectable === undefined) continue;
    points.push({ day, perArm, detectable, relative: level === 0 ? Number.NaN : detectable / Math.abs(level) });
  }
  return succeed(points);
}
