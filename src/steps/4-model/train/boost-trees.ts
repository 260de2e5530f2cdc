/** Gradient boosting: tree after tree on the derivatives of the loss, until the trees are used up or validation stops improving. */

import type { Random } from "../../../core/random.ts";
import type { LeafHistograms } from "../../../kernels/leaf-problem.ts";
import type { BoundLoss } from "../losses/loss.ts";
import type { Tree } from "../models/tree.ts";
import type { BinnedFeatures } from "./bin-features.ts";
import { growTree } from "./grow-tree.ts";
import { type FilledOptions, splitRules } from "./trees-options.ts";

/** What validation rows are judged by, from their margins. */
export interface WatchedMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  measure(margins: Float64Array): number;
}

export interface BoostingResult {
  readonly trees: readonly Tree[];
  /** The watched metric after each tree that was trained, the discarded ones included; empty without validation rows. */
  readonly history: readonly number[];
  /** Why training ended. */
  readonly stopped: "all trees" | "no better on validation" | "no split saves anything";
}

/** Trains on the first rows of `histograms`; the rows after them are the validation rows, when there is a metric to watch. */
export async function boostTrees(
  histograms: LeafHistograms,
  binned: BinnedFeatures,
  loss: BoundLoss,
  watched: WatchedMetric | null,
  options: FilledOptions,
  random: Random,
): Promise<BoostingResult> {
  const { gradients, hessians, scores } = histograms;
  const training = scores.subarray(0, gradients.length);
  const validation = scores.subarray(gradients.length);
  const growth = { ...options, maxLeaves: options.leaves, rules: splitRules(options) };
  const trees: Tree[] = [];
  const history: number[] = [];
  let best = { trees: 0, metric: Number.NaN };
  scores.fill(loss.baseScore);
  while (trees.length < options.trees) {
    if (loss.logistic !== undefined) await histograms.deriveLogLoss(loss.logistic);
    else if (loss.deriveOnThreads !== undefined) await loss.deriveOnThreads(training, gradients, hessians);
    else loss.derive(training, gradients, hessians);
    const sampled = drawShare(gradients.length, options.rowShare, random.fork(`rows ${trees.length}`));
    const active = drawShare(binned.shapes.length, options.featureShare, random.fork(`features ${trees.length}`));
    const tree = await growTree(
      histograms,
      binned,
      growth,
      sampled,
      active ?? new Uint8Array(binned.shapes.length).fill(1),
    );
    if (tree === null) return finish("no split saves anything");
    trees.push(tree);
    if (watched === null) continue;
    const metric = watched.measure(validation);
    history.push(metric);
    if (isBetter(metric, best.metric, watched)) best = { trees: trees.length, metric };
    else if (trees.length - best.trees >= options.patience) return finish("no better on validation");
  }
  return finish("all trees");

  function finish(stopped: BoostingResult["stopped"]): BoostingResult {
    return { trees: watched === null ? trees : trees.slice(0, best.trees), history, stopped };
  }
}

function isBetter(metric: number, best: number, { higherIsBetter }: WatchedMetric): boolean {
  return Number.isNaN(best) || (higherIsBetter ? metric > best : metric < best);
}

/** A mask with the rounded share of ones, at least one; null when the share is everything (Knuth's selection sampling). */
function drawShare(count: number, share: number, random: Random): Uint8Array | null {
  if (share === 1) return null;
  const mask = new Uint8Array(count);
  let wanted = Math.max(1, Math.round(count * share));
  for (let i = 0; i < count && wanted > 0; i++) {
    if (random.below(count - i) >= wanted) continue;
    mask[i] = 1;
    wanted--;
  }
  return mask;
}
