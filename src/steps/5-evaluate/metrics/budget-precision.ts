/** Precision and recall at a budget: of the k highest scores that can be looked at, how many are positive. */

import type { ScoreMetric } from "./metric.ts";
import { groupByScore } from "./score-groups.ts";

/** What looking at the `k` highest scores finds. */
export interface BudgetResult {
  readonly precision: number;
  readonly recall: number;
}

/**
 * Precision over k (also where fewer rows exist) and recall over all positives. Where the budget ends within tied scores, the
 * group's mean share of positives is credited: the value over all orders of the tie. NaN when a label or score is broken.
 */
export function atBudget(labels: ArrayLike<number>, scores: ArrayLike<number>, k: number): BudgetResult {
  const groups = groupByScore(labels, scores);
  if (groups === undefined) return { precision: Number.NaN, recall: Number.NaN };
  let left = k;
  let found = 0;
  for (let i = 0; i < groups.scores.length && left > 0; i++) {
    const size = groups.positives[i] + groups.negatives[i];
    const taken = Math.min(left, size);
    found += (groups.positives[i] * taken) / size;
    left -= taken;
  }
  return { precision: found / k, recall: groups.totalPositives > 0 ? found / groups.totalPositives : Number.NaN };
}

/** The metric `budget precision@k`. */
export const budgetPrecision: ScoreMetric = {
  name: "budget precision",
  aliases: ["precision at budget", "alert precision"],
  over: "scores",
  cutoff: "required",
  direction: "higher is better",
  definition: "share of positives among the k highest scores, ties credited by their mean",
  variants: [],
  measure: (labels, scores, k) => atBudget(labels, scores, k).precision,
};

/** The metric `budget recall@k`. */
export const budgetRecall: ScoreMetric = {
  name: "budget recall",
  aliases: ["recall at budget", "alert recall"],
  over: "scores",
  cutoff: "required",
  direction: "higher is better",
  definition: "share of all positives that are among the k highest scores, ties credited by their mean",
  variants: [],
  measure: (labels, scores, k) => atBudget(labels, scores, k).recall,
};
