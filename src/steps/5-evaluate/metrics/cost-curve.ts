/** The cost curve: normalized expected cost of the best threshold, for every mix of class balance and costs. */

import type { ScoreGroups } from "./score-groups.ts";

/** A point of the curve. */
export interface CostCurvePoint {
  /** Probability times cost of the positive class, as a share of both: 0 to 1. */
  readonly operatingPoint: number;
  /** Expected cost as a share of the worst possible, at the best threshold of the sample. */
  readonly cost: number;
}

/**
 * The lower envelope of the lines cost = fnr x + fpr (1 - x) over all thresholds (Drummond and Holte 2006, "Cost curves"), at `points`
 * evenly spaced operating points. A model below min(x, 1 - x) beats both trivial ones there. Empty without both classes.
 */
export function costCurve(groups: ScoreGroups, points = 101): readonly CostCurvePoint[] {
  const { positives, negatives, totalPositives, totalNegatives } = groups;
  if (totalPositives === 0 || totalNegatives === 0) return [];
  const costs = Float64Array.from({ length: points }, (_, i) => i / (points - 1));
  const xs = Float64Array.from(costs);
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < positives.length; i++) {
    tp += positives[i];
    fp += negatives[i];
    const missed = 1 - tp / totalPositives;
    const wasted = fp / totalNegatives;
    for (let j = 0; j < points; j++) costs[j] = Math.min(costs[j], missed * xs[j] + wasted * (1 - xs[j]));
  }
  return Array.from(xs, (operatingPoint, j) => ({ operatingPoint, cost: costs[j] }));
}
