/** The scalar twin of tree scoring: one row, one tree, one node at a time. */

/**
 * A tree as flat arrays, node 0 the root. Node i is a leaf when `feature[i]` is -1. A value at most `threshold[i]` goes left; where
 * `leftCodes[i]` is not null, the codes in it go left and all else right. NaN goes left where `missingLeft[i]` is 1.
 */
export interface ScoredTree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly leftCodes: readonly (readonly number[] | null)[];
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
}

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
