/** The duration curve: what effect can be found after each day. */

import { type Outcome, succeed } from "../../../core/outcome.ts";
import { type ErrorRates, positive, share, whenAll, wholeNumber } from "./plan-input.ts";
import { detectableMean, detectableProportion } from "./power.ts";

/** The metric of the curve: a rate, or a mean with its standard deviation. */
export type CurveMetric = { readonly baseline: number } | { readonly mean: number; readonly sd: number };

/** The test whose reach is asked for, day by day. */
export interface CurvePlan extends ErrorRates {
  readonly metric: CurveMetric;
  readonly unitsPerDay: number;
  /** Different units that there are: once all have been in, a further day finds no more. Endless where absent. */
  readonly unitsTotal?: number;
  readonly traffic?: number;
  readonly arms?: number;
  /** Share of the smallest arm, 1 / arms by default; both arms of a comparison are taken to be that small. */
  readonly smallestShare?: number;
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
  const { metric, unitsPerDay, traffic = 1, arms = 2, smallestShare = 1 / arms, days, ...rest } = plan;
  const { unitsTotal = Number.POSITIVE_INFINITY, ...rates } = rest;
  const checked = whenAll(
    [
      positive("units per day", unitsPerDay),
      share("traffic", traffic),
      wholeNumber("arms", arms, 2),
      share("smallest share", smallestShare),
      wholeNumber("days", days, 1),
    ],
    () => undefined,
  );
  if (!checked.ok) return checked;
  const points: CurvePoint[] = [];
  for (let day = 1; day <= days; day++) {
    const perArm = Math.min(day * unitsPerDay, unitsTotal) * traffic * smallestShare;
    const found =
      "baseline" in metric
        ? detectableProportion({ ...rates, baseline: metric.baseline, perArm })
        : detectableMean({ ...rates, sd: metric.sd, control: perArm, treated: perArm });
    const tooEarly = !found.ok && found.failure.where === "units per arm";
    if (!found.ok && !tooEarly) return found;
    if (!found.ok) continue;
    const level = "baseline" in metric ? metric.baseline : metric.mean;
    points.push({
      day,
      perArm,
      detectable: found.value,
      relative: level === 0 ? Number.NaN : found.value / Math.abs(level),
    });
  }
  return succeed(points);
}
