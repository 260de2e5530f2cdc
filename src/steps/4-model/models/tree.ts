/** A regression tree as flat arrays, node 0 the root: what is needed to score with it, and what training left to explain it. */

import type { ScoredTree } from "../../../kernels/tree-scoring.scalar.ts";

/** A trained tree. `value` is what the tree adds to the margin, for inner nodes too: the value they would have as leaves. */
export interface Tree extends ScoredTree {
  /** What the split saved of the loss, twice the second-order estimate; 0 at a leaf. */
  readonly gain: Float64Array;
  /** Sampled training rows that came through. */
  readonly rows: Float64Array;
}

/** One node while a tree is put together. A leaf has feature -1. */
export interface TreeNode {
  readonly feature: number;
  readonly threshold: number;
  readonly leftCodes: readonly number[] | null;
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
  readonly value: number;
  readonly gain: number;
  readonly rows: number;
}

export function packTree(nodes: readonly TreeNode[]): Tree {
  return {
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    leftCodes: nodes.map((node) => node.leftCodes),
    missingLeft: Uint8Array.from(nodes, (node) => (node.missingLeft ? 1 : 0)),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float64Array.from(nodes, (node) => node.value),
    gain: Float64Array.from(nodes, (node) => node.gain),
    rows: Float64Array.from(nodes, (node) => node.rows),
  };
}

/** The nodes of a tree, in their order. */
export function unpackTree(tree: Tree): TreeNode[] {
  return Array.from(tree.feature, (feature, i) => ({
    feature,
    threshold: tree.threshold[i],
    leftCodes: tree.leftCodes[i],
    missingLeft: tree.missingLeft[i] === 1,
    left: tree.left[i],
    right: tree.right[i],
    value: tree.value[i],
    gain: tree.gain[i],
    rows: tree.rows[i],
  }));
}

export function countLeaves(tree: Tree): number {
  let leaves = 0;
  for (const feature of tree.feature) if (feature < 0) leaves++;
  return leaves;
}
