/** Compares two arms by the test that fits the metric: proportions, means, a ratio, or means adjusted by their past. */

import type { ArmData, MetricMoments } from "./arm-data.ts";
import type { Comparison } from "./comparison.ts";
import { cupedArms } from "./cuped.ts";
import { compareRatios, ratioEstimate } from "./ratio-metric.ts";
import { type RelativeLift, relativeLift, relativeLiftOfRates } from "./relative-lift.ts";
import { compareMeans } from "./two-means.ts";
import { compareProportions } from "./two-proportions.ts";

/** The test that was used. */
export type AnalysisMethod = "two proportions" | "Welch" | "ratio, delta method" | "Welch with CUPED";

/** A treated arm against the control in one metric. */
export interface ArmComparison {
  readonly method: AnalysisMethod;
  /** Level of the metric in each arm, as the method sees it. */
  readonly control: number;
  readonly treated: number;
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
    return {
      method: "ratio, delta method",
      control: a.ratio,
      treated: b.ratio,
      comparison: compareRatios(control.ratio, treated.ratio, level),
      lift: liftOf(a.ratio, a.standardError, b.ratio, b.standardError, level),
    };
  }
  if (primary && control.past !== undefined && treated.past !== undefined) {
    const arms = cupedArms(control.past, treated.past);
    return { method: "Welch with CUPED", ...ofMeans(arms.control, arms.treated, level) };
  }
  const a = momentsOf(control, metric);
  const b = momentsOf(treated, metric);
  if (!a.binary || !b.binary) return { method: "Welch", ...ofMeans(a, b, level) };
  const counted = ({ n, mean }: MetricMoments) => ({ n, successes: Math.round(n * mean) });
  const means = ofMeans(a, b, level);
  return {
    ...means,
    method: "two proportions",
    comparison: compareProportions(counted(a), counted(b), { level }),
    lift: a.variance > 0 && b.variance > 0 ? means.lift : relativeLiftOfRates(counted(a), counted(b), level),
  };
}

type Level = Pick<MetricMoments, "n" | "mean" | "variance">;

function ofMeans(a: Level, b: Level, level: number): Omit<ArmComparison, "method"> {
  return {
    control: a.mean,
    treated: b.mean,
    comparison: compareMeans(a, b, { level }),
    lift: liftOf(a.mean, Math.sqrt(a.variance / a.n), b.mean, Math.sqrt(b.variance / b.n), level),
  };
}

function liftOf(
  control: number,
  controlError: number,
  treated: number,
  treatedError: number,
  level: number,
): RelativeLift {
  const found = relativeLift({ control, controlError, treated, treatedError, level });
  if (control >= 0) return found;
  const [low, high] = found.interval;
  return { ...found, lift: -found.lift, interval: [-high, -low] };
}

function momentsOf(arm: ArmData, metric: string): MetricMoments {
  const moments = arm.metrics.get(metric);
  if (moments === undefined) throw new Error(`arm ${arm.name} has no metric ${metric}`);
  return moments;
}
