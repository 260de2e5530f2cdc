/** Average precision: precision summed over the steps of recall, one step per distinct score. */

import type { ScoreMetric } from "./metric.ts";
import { groupByScore, type ScoreGroups } from "./score-groups.ts";

/**
 * sum over distinct thresholds of (R_n - R_(n-1)) P_n, without interpolation (scikit-learn's `average_precision_score`).
 * NaN without a positive, or when a label or score is broken.
 */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const groups = groupByScore(labels, scores);
  return groups === undefined ? Number.NaN : averagePrecisionOf(groups);
}

/** The same from groups: precision at each step times the positives it adds, over all positives. */
export function averagePrecisionOf({ positives, negatives, totalPositives }: ScoreGroups): number {
  let found = 0;
  let flagged = 0;
  let sum = 0;
  for (let i = 0; i < positives.length; i++) {
    found += positives[i];
    flagged += positives[i] + negatives[i];
    if (positives[i] > 0) sum += positives[i] * (found / flagged);
  }
  return totalPositives > 0 ? sum / totalPositives : Number.NaN;
}

/**
 * The trapezoid under the precision-recall curve, from precision 1 at recall 0. It joins points that no threshold reaches, so it reads
 * high; given for comparison with tools that print it.
 */
export function precisionRecallTrapezoid(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const groups = groupByScore(labels, scores);
  if (groups === undefined || groups.totalPositives === 0) return Number.NaN;
  let found = 0;
  let flagged = 0;
  let last = 1;
  let sum = 0;
  for (let i = 0; i < groups.positives.length; i++) {
    found += groups.positives[i];
    flagged += groups.positives[i] + groups.negatives[i];
    const precision = found / flagged;
    sum += (groups.positives[i] * (precision + last)) / 2;
    last = precision;
  }
  return sum / groups.totalPositives;
}

/** The metric `average precision`. */
export const averagePrecisionMetric: ScoreMetric = {
  name: "average precision",
  aliases: ["ap", "pr auc", "pr-auc", "auc pr", "auprc"],
  over: "scores",
  cutoff: "none",
  direction: "higher is better",
  definition: "precision summed over the steps of recall at distinct scores, without interpolation",
  variants: ["steps", "trapezoid"],
  measure: (labels, scores, _k, variant) =>
    variant === "trapezoid" ? precisionRecallTrapezoid(labels, scores) : averagePrecision(labels, scores),
};
