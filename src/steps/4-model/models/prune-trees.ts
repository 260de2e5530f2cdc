/** Smaller models from trained ones: all trees without their weakest splits. */

import { countLeaves, packTree, type Tree, type TreeNode, unpackTree } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

/**
 * The model without the splits that gained less than `least` and have no stronger split below them; the node takes the value it
 * would have had as a leaf. Trees of a single leaf stay: their value counts.
 */
export function pruneByGain(model: TreesModel, least: number): TreesModel {
  return { ...model, trees: model.trees.map((tree) => cutTree(tree, strengths(tree), least)) };
}

/** The model with at most the given share of its leaves (above 0, up to 1): the weakest splits of all trees go first. */
export function pruneToShare(model: TreesModel, share: number): TreesModel {
  const leaves = model.trees.reduce((sum, tree) => sum + countLeaves(tree), 0);
  const strongest = model.trees
    .flatMap((tree) => [...strengths(tree)].filter((_, node) => tree.feature[node] >= 0))
    .sort((a, b) => b - a);
  // Each tree has one leaf more than it has splits, and keeps that one whatever is cut.
  const splits = Math.max(0, Math.floor(share * leaves) - model.trees.length);
  if (splits >= strongest.length) return model;
  // A split as strong as the first one to go goes with it, or more than the share would be left.
  const least = strongest.findLast((strength) => strength > strongest[splits]);
  return pruneByGain(model, least ?? Number.POSITIVE_INFINITY);
}

/** For each inner node the largest gain at it or below: a split can only go when all below it have gone. */
function strengths(tree: Tree): Float64Array {
  const strength = tree.gain.slice();
  // Children stand after their parents.
  for (let node = tree.feature.length - 1; node >= 0; node--) {
    if (tree.feature[node] < 0) continue;
    strength[node] = Math.max(strength[node], strength[tree.left[node]], strength[tree.right[node]]);
  }
  return strength;
}

function cutTree(tree: Tree, strength: Float64Array, least: number): Tree {
  const nodes = unpackTree(tree);
  const kept: TreeNode[] = [];
  const place = (from: number): number => {
    const index = kept.length;
    const node = nodes[from];
    kept.push(node);
    if (node.feature < 0) return index;
    if (strength[from] < least) {
      kept[index] = {
        ...node,
        feature: -1,
        threshold: 0,
        leftCodes: null,
        missingLeft: false,
        left: -1,
        right: -1,
        gain: 0,
      };
    } else {
      const left = place(node.left);
      const right = place(node.right);
      kept[index] = { ...node, left, right };
    }
    return index;
  };
  place(0);
  return packTree(kept);
}
