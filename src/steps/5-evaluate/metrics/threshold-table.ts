/** The threshold table: what each alert threshold would flag, catch and cost. */

import type { Confusion } from "./confusion.ts";
import { type ClassificationCosts, expectedCost } from "./cost.ts";
import type { ScoreGroups } from "./score-groups.ts";

/** What one threshold does. */
export interface ThresholdRow extends Confusion {
  /** Rows with a score of at least this are flagged. */
  readonly threshold: number;
  /** Total cost, or NaN where no costs were given. */
  readonly cost: number;
}

/**
 * One row per distinct score, from the strictest threshold down; with `rows` given, that many at about equal steps of flagged rows,
 * the last one always among them.
 */
export function thresholdTable(
  groups: ScoreGroups,
  costs?: ClassificationCosts,
  rows?: number,
): readonly ThresholdRow[] {
  const { scores, positives, negatives, totalPositives, totalNegatives } = groups;
  const total = totalPositives + totalNegatives;
  const result: ThresholdRow[] = [];
  let tp = 0;
  let fp = 0;
  let written = 0;
  for (let i = 0; i < scores.length; i++) {
    tp += positives[i];
    fp += negatives[i];
    const due = rows === undefined || Math.floor(((tp + fp) / total) * rows) > written || i === scores.length - 1;
    if (!due) continue;
    written = rows === undefined ? 0 : Math.floor(((tp + fp) / total) * rows);
    const confusion = { tp, fp, fn: totalPositives - tp, tn: totalNegatives - fp };
    const cost = costs === undefined ? Number.NaN : expectedCost(confusion, costs).total;
    result.push({ threshold: scores[i], ...confusion, cost });
  }
  return result;
}
