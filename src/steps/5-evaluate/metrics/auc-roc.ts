/** AUC ROC: the probability that a positive scores above a negative. */

import type { ScoreMetric } from "./metric.ts";
import { groupByScore, type ScoreGroups } from "./score-groups.ts";

/** What a tie between a positive and a negative counts: one half is the area under the curve; 0 and 1 are its bounds. */
export type TieCredit = "half" | "none" | "full";

/** P(score+ > score-) + credit P(tie). NaN without both classes, or when a label or score is broken. */
export function aucRoc(labels: ArrayLike<number>, scores: ArrayLike<number>, ties: TieCredit = "half"): number {
  const groups = groupByScore(labels, scores);
  return groups === undefined ? Number.NaN : aucRocOf(groups, ties);
}

/**
 * The same from groups. Pairs are counted, not areas added: twice the count is a whole number, exact up to 2^53, so the result is the
 * correctly rounded quotient whatever the order of the rows.
 */
export function aucRocOf(groups: ScoreGroups, ties: TieCredit = "half"): number {
  const { positives, negatives, totalPositives, totalNegatives } = groups;
  const doubledCredit = ties === "half" ? 1 : ties === "none" ? 0 : 2;
  let doubled = 0;
  let above = 0;
  for (let i = 0; i < positives.length; i++) {
    doubled += negatives[i] * (2 * above + doubledCredit * positives[i]);
    above += positives[i];
  }
  const pairs = totalPositives * totalNegatives;
  return pairs > 0 ? doubled / (2 * pairs) : Number.NaN;
}

/** The metric `auc roc`. */
export const aucRocMetric: ScoreMetric = {
  name: "auc roc",
  aliases: ["auc", "roc auc", "roc-auc", "auc-roc", "auroc"],
  over: "scores",
  cutoff: "none",
  direction: "higher is better",
  definition: "probability that a positive scores above a negative, ties counted one half",
  variants: ["half", "none", "full"],
  measure: (labels, scores, _k, variant) =>
    aucRoc(labels, scores, variant === "none" || variant === "full" ? variant : "half"),
};
