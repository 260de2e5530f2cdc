/** Costs of right and wrong decisions: the threshold they imply, what a confusion matrix costs, and the cheapest threshold of a sample. */

import type { Confusion } from "./confusion.ts";
import type { ScoreGroups } from "./score-groups.ts";

/** What each outcome costs, in one currency; a gain is negative. */
export interface ClassificationCosts {
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
  readonly tn: number;
}

/**
 * The calibrated probability from which acting is cheaper than not: (fp - tn) / ((fp - tn) + (fn - tp)) (Elkan 2001, "The foundations
 * of cost-sensitive learning"). NaN when a wrong decision would be no dearer than the right one: then no threshold is right.
 */
export function costThreshold({ fp, fn, tp, tn }: ClassificationCosts): number {
  const waste = fp - tn;
  const miss = fn - tp;
  return waste > 0 && miss > 0 ? waste / (waste + miss) : Number.NaN;
}

/** What decisions cost, in the currency of the costs. */
export interface ExpectedCost {
  readonly total: number;
  readonly perCase: number;
  /** What acting on nothing would cost on top. */
  readonly savingsOverNoModel: number;
}

/** The cost of a confusion matrix, and what it saves over acting on nothing. */
export function expectedCost(confusion: Confusion, costs: ClassificationCosts): ExpectedCost {
  const { tp, fp, fn, tn } = confusion;
  const total = tp * costs.tp + fp * costs.fp + fn * costs.fn + tn * costs.tn;
  const without = (tp + fn) * costs.fn + (fp + tn) * costs.tn;
  return { total, perCase: total / (tp + fp + fn + tn), savingsOverNoModel: without - total };
}

/** The sample's cheapest threshold. Infinity when acting on nothing is cheapest. */
export interface CheapestThreshold {
  readonly threshold: number;
  readonly total: number;
}

/** Tries every distinct score and "flag nothing"; the strictest of equally cheap thresholds wins. */
export function cheapestThreshold(groups: ScoreGroups, costs: ClassificationCosts): CheapestThreshold {
  const { scores, positives, negatives, totalPositives, totalNegatives } = groups;
  let total = totalPositives * costs.fn + totalNegatives * costs.tn;
  let best: CheapestThreshold = { threshold: Number.POSITIVE_INFINITY, total };
  for (let i = 0; i < scores.length; i++) {
    total += positives[i] * (costs.tp - costs.fn) + negatives[i] * (costs.fp - costs.tn);
    if (total < best.total) best = { threshold: scores[i], total };
  }
  return best;
}
