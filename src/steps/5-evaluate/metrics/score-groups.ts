/** Positives and negatives per distinct score, highest score first: what every curve over thresholds is made from. */

import type { Failure } from "../../../core/outcome.ts";
import { sortFloats } from "../../../core/sort-floats.ts";

/** One entry per distinct score, in descending order. Tied scores enter together, whatever order their rows have. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  readonly positives: Uint32Array;
  readonly negatives: Uint32Array;
  readonly totalPositives: number;
  readonly totalNegatives: number;
}

/** What is wrong with labels (each 0 or 1) and scores (finite or infinite, not NaN), with the row; undefined when nothing is. */
export function findBrokenScore(labels: ArrayLike<number>, scores: ArrayLike<number>): Failure | undefined {
  if (labels.length !== scores.length)
    return { code: "length-mismatch", message: `${labels.length} labels, but ${scores.length} scores` };
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i]))
      return {
        code: "nan-score",
        message: `the score of row ${i} is NaN`,
        fix: "find where the model or the join lost it",
      };
    if (labels[i] !== 0 && labels[i] !== 1)
      return { code: "bad-label", message: `the label of row ${i} is ${labels[i]}, not 0 or 1` };
  }
  return undefined;
}

/** The groups, or undefined when a label or a score is broken (see `findBrokenScore` for which). */
export function groupByScore(labels: ArrayLike<number>, scores: ArrayLike<number>): ScoreGroups | undefined {
  if (findBrokenScore(labels, scores) !== undefined) return undefined;
  const n = scores.length;
  let totalPositives = 0;
  for (let i = 0; i < n; i++) totalPositives += labels[i];
  const above = new Float64Array(totalPositives);
  const below = new Float64Array(n - totalPositives);
  for (let i = 0, p = 0, q = 0; i < n; i++) {
    if (labels[i] === 1) above[p++] = scores[i];
    else below[q++] = scores[i];
  }
  return merge(sortFloats(above), sortFloats(below));
}

/** Walks two ascending arrays from their ends. */
function merge(positive: Float64Array, negative: Float64Array): ScoreGroups {
  const size = positive.length + negative.length;
  const scores = new Float64Array(size);
  const positives = new Uint32Array(size);
  const negatives = new Uint32Array(size);
  let groups = 0;
  let i = positive.length - 1;
  let j = negative.length - 1;
  while (i >= 0 || j >= 0) {
    const score = j < 0 || (i >= 0 && positive[i] >= negative[j]) ? positive[i] : negative[j];
    const firstPositive = i;
    const firstNegative = j;
    while (i >= 0 && positive[i] === score) i--;
    while (j >= 0 && negative[j] === score) j--;
    scores[groups] = score;
    positives[groups] = firstPositive - i;
    negatives[groups] = firstNegative - j;
    groups++;
  }
  return {
    scores: scores.subarray(0, groups),
    positives: positives.subarray(0, groups),
    negatives: negatives.subarray(0, groups),
    totalPositives: positive.length,
    totalNegatives: negative.length,
  };
}
