/** The scalar twin of tree scoring: one row, one tree, one node at a time. */

import type { ScoredTree } from "./tree-scoring.ts";

/** The margin of the row whose values begin at `at`. */
export function scoreRowScalar(
  trees: readonly ScoredTree[],
  base: number,
  values: ArrayLike<number>,
  at: number,
): number {
  let score = base;
  for (const tree of trees) score += tree.value[leafOf(tree, values, at)];
  return score;
}

/** The leaf of the row whose values begin at `at`. */
export function leafOf(tree: ScoredTree, values: ArrayLike<number>, at: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) node = childOf(tree, node, values, at);
  return node;
}

/** The child the row goes to from an inner node. */
export function childOf(tree: ScoredTree, node: number, values: ArrayLike<number>, at: number): number {
  const value = values[at + tree.feature[node]];
  const codes = tree.leftCodes[node];
  const goesLeft =
    codes !== null
      ? codes.includes(value)
      : Number.isNaN(value)
        ? tree.missingLeft[node] === 1
        : value <= tree.threshold[node];
  return goesLeft ? tree.left[node] : tree.right[node];
}
