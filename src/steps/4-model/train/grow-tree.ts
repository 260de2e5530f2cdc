/** Grows one tree leaf by leaf: always the leaf whose best split saves most is split next (Shi 2007; LightGBM calls it leaf-wise). */

import type { LeafHistograms, LeafSplit, LeafSums, SplitRules, ValueBounds } from "../../../kernels/leaf-problem.ts";
import { packTree, type Tree, type TreeNode } from "../models/tree.ts";
import type { BinnedFeatures } from "./bin-features.ts";

export interface GrowthOptions {
  readonly maxLeaves: number;
  /** Splits between the root and the deepest leaf. */
  readonly maxDepth: number;
  readonly learningRate: number;
  readonly rules: SplitRules;
}

/** A leaf that may still be split. */
interface OpenLeaf {
  readonly node: number;
  readonly depth: number;
  readonly bounds: ValueBounds;
  readonly split: LeafSplit | null;
}

/** Where a new leaf stands, and what it is made of. */
type Placement = Omit<OpenLeaf, "split"> & { readonly sums: LeafSums };

const UNBOUNDED: ValueBounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/**
 * Grows a tree on the gradients in `histograms` and adds its leaf values to the scores there. `active` says which features may be
 * used. Null when not even the root can be split: the scores are then as before.
 */
export async function growTree(
  histograms: LeafHistograms,
  binned: BinnedFeatures,
  options: GrowthOptions,
  sampled: Uint8Array | null,
  active: Uint8Array,
): Promise<Tree | null> {
  const { maxLeaves, maxDepth, learningRate, rules } = options;
  const nodes: TreeNode[] = [];
  const open: OpenLeaf[] = [];

  const place = (leaf: number, { node, sums, depth, bounds }: Placement, full: boolean): void => {
    nodes[node] = leafNode(learningRate * leafValue(sums, rules, bounds), sums.rows);
    const split = full || depth === maxDepth ? null : histograms.findSplit(leaf, bounds, active);
    open[leaf] = { node, depth, bounds, split };
  };

  place(0, { node: 0, sums: await histograms.startTree(sampled), depth: 0, bounds: UNBOUNDED }, false);
  while (open.length < maxLeaves) {
    const leaf = mostGaining(open);
    const { node, split, depth, bounds } = open[leaf];
    if (split === null) break;
    const right = open.length;
    await histograms.split(leaf, right);
    const next = nodes.length;
    nodes[node] = { ...nodes[node], ...innerNode(split, binned, next, next + 1) };
    const [below, above] = childBounds(split, binned.shapes[split.feature].monotone, rules, bounds);
    const full = right === maxLeaves - 1;
    place(leaf, { node: next, sums: split.left, depth: depth + 1, bounds: below }, full);
    place(right, { node: next + 1, sums: split.right, depth: depth + 1, bounds: above }, full);
  }
  if (open.length === 1) return null;
  await histograms.addToScores(Float64Array.from(open, ({ node }) => nodes[node].value));
  return packTree(nodes);
}

/** The first leaf with the largest gain; leaf 0 when none can be split. */
function mostGaining(open: readonly OpenLeaf[]): number {
  let best = 0;
  for (let leaf = 1; leaf < open.length; leaf++) {
    if ((open[leaf].split?.gain ?? 0) > (open[best].split?.gain ?? 0)) best = leaf;
  }
  return best;
}

/** The value with the least regularised loss, -T(G) / (H + l2), held inside the bounds. */
function leafValue({ gradient, hessian }: LeafSums, { l1, l2 }: SplitRules, { lower, upper }: ValueBounds): number {
  const pull = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
  const weight = hessian + l2;
  return weight > 0 ? Math.max(lower, Math.min(upper, -pull / weight)) : 0;
}

/** A monotone split parts the values its two sides may take at the middle, so that no later split can cross it. */
function childBounds(
  split: LeafSplit,
  monotone: number,
  rules: SplitRules,
  bounds: ValueBounds,
): readonly [ValueBounds, ValueBounds] {
  if (monotone === 0) return [bounds, bounds];
  const middle = (leafValue(split.left, rules, bounds) + leafValue(split.right, rules, bounds)) / 2;
  const below = { ...bounds, upper: middle };
  const above = { ...bounds, lower: middle };
  return monotone > 0 ? [below, above] : [above, below];
}

function leafNode(value: number, rows: number): TreeNode {
  return {
    feature: -1,
    threshold: 0,
    leftCodes: null,
    missingLeft: false,
    left: -1,
    right: -1,
    value,
    gain: 0,
    rows,
  };
}

function innerNode(split: LeafSplit, binned: BinnedFeatures, left: number, right: number): Partial<TreeNode> {
  const { feature, gain, bin, missingLeft, leftBins } = split;
  const cuts = binned.cuts[feature];
  return {
    feature,
    gain,
    missingLeft,
    left,
    right,
    // The split after the last value parts all values from the missing ones.
    threshold: leftBins !== null ? 0 : bin <= cuts.length ? cuts[bin - 1] : Number.POSITIVE_INFINITY,
    leftCodes: leftBins?.map((leftBin) => leftBin - 1) ?? null,
  };
}
