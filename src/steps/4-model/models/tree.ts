/** A regression tree as flat arrays, node 0 the root, and how a row finds its leaf. */

/**
 * Node i is a leaf when `feature[i]` is -1. A row whose value is at most `threshold[i]` goes left; at a categorical split the codes
 * in `leftCodes[i]` go left and everything else goes right. A missing value goes left where `missingLeft[i]` is 1.
 */
export interface Tree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly leftCodes: readonly (readonly number[] | null)[];
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What the tree adds to the margin here, for inner nodes too: the value they would have as leaves. */
  readonly value: Float64Array;
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

/** The child the row goes to from an inner node. Values stand in model order: numbers, category codes, NaN for missing. */
export function childOf(tree: Tree, node: number, values: ArrayLike<number>, at: number): number {
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

/** The leaf of the row whose values begin at `at`. */
export function leafOf(tree: Tree, values: ArrayLike<number>, at: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) node = childOf(tree, node, values, at);
  return node;
}

export function countLeaves(tree: Tree): number {
  let leaves = 0;
  for (const feature of tree.feature) if (feature < 0) leaves++;
  return leaves;
}
