/** Smaller classifiers: boosted trees pruned or rounded round by round, each beside the trees it came from. */

import { formatNumber } from "../../../core/format-figure.ts";
import type { Table } from "../../../core/table.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import { compactTrees, expandTrees, leafRounding, type TreesPrecision } from "../../4-model/models/compact-trees.ts";
import { pruneToShare } from "../../4-model/models/prune-trees.ts";
import { encodeRows, type TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { ScoredPart } from "./variant.ts";

/** The judged rows of each round: earlier rounds first, the final one last. */
export type JudgedTables = readonly Table[];

/** The trees of each round as they are, with the scores that they gave. Bytes are those of the final ones in compact form with 4-byte numbers, so that like is compared with like. */
export function wholeClassifier(
  subject: string,
  trees: readonly TreesModel[],
  judged: JudgedTables,
  scores: readonly Float64Array[],
): ScoredPart {
  const [final, rows] = [trees[trees.length - 1], judged[judged.length - 1]];
  return { subject, bytes: compactTrees(final, "float32").bytes, scores, serve: serveTrees(final, rows) };
}

/** The trees with at most `share` of their leaves. */
export function prunedClassifier(
  subject: string,
  trees: readonly TreesModel[],
  share: number,
  judged: JudgedTables,
): ScoredPart {
  const pruned = trees.map((model) => pruneToShare(model, share));
  return scoredTrees(subject, pruned, compactTrees(pruned[pruned.length - 1], "float32").bytes, judged);
}

/** The trees with leaves and thresholds rounded. */
export function quantizedClassifier(
  subject: string,
  trees: readonly TreesModel[],
  precision: TreesPrecision,
  judged: JudgedTables,
): ScoredPart {
  const compact = trees.map((model) => compactTrees(model, precision));
  return scoredTrees(subject, compact.map(expandTrees), compact[compact.length - 1].bytes, judged);
}

/** What was rounded, how far that can move the final trees' scores, and how many of the test rows it moved further. */
export function describeRounding(
  trees: TreesModel,
  precision: TreesPrecision,
  before: Float64Array,
  after: Float64Array,
  { cases }: Pick<ScoredWords, "cases">,
): string {
  const bound = leafRounding(trees, precision);
  // A hair above, because sums of rounded numbers round too.
  const moved = before.filter((score, row) => Math.abs(score - after[row]) > 1.0001 * bound).length;
  const leaves = precision === "int8" ? "multiples of 1/127 of their tree's largest leaf" : "half-precision numbers";
  return `Leaves became ${leaves}, thresholds half-precision numbers: log-odds move by at most ${formatNumber(bound, 2)} where no branch changes, and ${formatNumber(moved)} of ${formatNumber(before.length)} test ${cases} moved further, because a value lay between a threshold and its rounded one. Rounding saves memory, not time: the scorer expands what it reads.`;
}

/** A part of one model for each round; bytes and latency are those of the final one. */
function scoredTrees(subject: string, trees: readonly TreesModel[], bytes: number, judged: JudgedTables): ScoredPart {
  const [final, rows] = [trees[trees.length - 1], judged[judged.length - 1]];
  const scores = judged.map((table, round) => createTreesScorer(trees[round]).margins(table));
  return { subject, bytes, scores, serve: serveTrees(final, rows) };
}

/** Scores one row at a time, its values in hand as a server has them. */
function serveTrees(model: TreesModel, table: Table): (row: number) => void {
  const scorer = createTreesScorer(model);
  const width = model.features.length;
  const values = encodeRows(model, table);
  return (row) => void scorer.margin(values.subarray(row * width, (row + 1) * width));
}
