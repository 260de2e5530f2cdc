/** Compares two arms by the test that fits the metric: proportions, means, a ratio, or means adjusted by their past. */

import type { ArmData, MetricMoments } from "./arm-data.ts";
import type { Comparison } from "./comparison.ts";
import { cupedArms } from "./cuped.ts";
import { areFew, exactComparison } from "./exact-rates.ts";
import { type Counted, clopperPearsonInterval } from "./proportion-interval.ts";
import { compareRatios, ratioEstimate } from "./ratio-metric.ts";
import { fiellerLift, type RelativeLift, relativeLiftOfRates } from "./relative-lift.ts";
import { compareMeans } from "./two-means.ts";
import { compareProportions } from "./two-proportions.ts";

/** The test that was used. */
export type AnalysisMethod =
  | "two proportions"
  | "two proportions, exact"
  | "Welch"
  | "ratio, delta method"
  | "Welch with CUPED";

/** A treated arm against the control in one metric. */
export interface ArmComparison {
  readonly method: AnalysisMethod;
  /** Level of the metric in each arm, as the method sees it. */
  readonly control: number;
  readonly treated: number;
  /** Standard errors of these levels. */
  readonly errors: OfArms;
  readonly comparison: Comparison;
  /** The effect as a share of the control's size, so that it has the sign of the effect below 0 too. */
  readonly lift: RelativeLift;
}

/** Ratio and past belong to the primary metric, the first one; any other is a proportion where it is 0 or 1, a mean otherwise. */
export function compareArms(control: ArmData, treated: ArmData, metric: string, level: number): ArmComparison {
  const primary = [...control.metrics.keys()][0] === metric;
  if (primary && control.ratio !== undefined && treated.ratio !== undefined) {
    const a = ratioEstimate(control.ratio);
    const b = ratioEstimate(treated.ratio);
    const comparison = compareRatios(control.ratio, treated.ratio, level);
    const levels = { control: a.ratio, treated: b.ratio };
    const errors = { control: a.standardError, treated: b.standardError };
    return {
      method: "ratio, delta method",
      ...levels,
      errors,
      comparison,
      lift: liftBeside(comparison, levels, errors),
    };
  }
  if (primary && control.past !== undefined && treated.past !== undefined) {
    const arms = cupedArms(control.past, treated.past);
    return { method: "Welch with CUPED", ...ofMeans(arms.control, arms.treated, level) };
  }
  const a = momentsOf(control, metric);
  const b = momentsOf(treated, metric);
  if (!a.binary || !b.binary) return { method: "Welch", ...ofMeans(a, b, level) };
  return {
    ...ofMeans(a, b, level),
    method: "two proportions",
    comparison: compareProportions(countedOf(a), countedOf(b), { level }),
    lift: relativeLiftOfRates(countedOf(a), countedOf(b), level),
  };
}

/** The primary metric's comparison: as above, and exact for rates where a test by the normal law would err too often. */
export function exactWhereFew(
  compared: ArmComparison,
  control: ArmData,
  treated: ArmData,
  metric: string,
): ArmComparison {
  if (compared.method !== "two proportions") return compared;
  const [a, b] = [countedOf(momentsOf(control, metric)), countedOf(momentsOf(treated, metric))];
  if (!areFew(a, b)) return compared;
  return {
    ...compared,
    method: "two proportions, exact",
    comparison: exactComparison(compared.comparison, a, b),
    lift: relativeLiftOfRates(a, b, compared.comparison.level, clopperPearsonInterval),
  };
}

function countedOf({ n, mean }: MetricMoments): Counted {
  return { n, successes: Math.round(n * mean) };
}

type Moments = Pick<MetricMoments, "n" | "mean" | "variance">;

function ofMeans(a: Moments, b: Moments, level: number): Omit<ArmComparison, "method"> {
  const comparison = compareMeans(a, b, { level });
  const levels = { control: a.mean, treated: b.mean };
  const errors = { control: Math.sqrt(a.variance / a.n), treated: Math.sqrt(b.variance / b.n) };
  return { ...levels, errors, comparison, lift: liftBeside(comparison, levels, errors) };
}

/** Both arms' levels, or their standard errors. */
interface OfArms {
  readonly control: number;
  readonly treated: number;
}

/** The lift as wide as the interval of the difference that it stands beside, whatever that one allows for. */
export function liftBeside(
  { interval: [low, high], standardError }: Comparison,
  levels: OfArms,
  errors: OfArms,
): RelativeLift {
  const reach = (high - low) / 2 / standardError;
  const found = fiellerLift({ ...levels, controlError: errors.control, treatedError: errors.treated, reach });
  if (levels.control >= 0) return found;
  const [least, most] = found.interval;
  return { ...found, lift: -found.lift, interval: [-most, -least] };
}

function momentsOf(arm: ArmData, metric: string): MetricMoments {
  const moments = arm.metrics.get(metric);
  if (moments === undefined) throw new Error(`arm ${arm.name} has no metric ${metric}`);
  return moments;
}
