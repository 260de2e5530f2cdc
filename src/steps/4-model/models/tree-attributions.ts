/** Exact Shapley values of a trees model's margin: how much each feature of one row moved it, for reason codes. */

import { gaussLegendre } from "../../../core/gauss-legendre.ts";
import { childOf } from "../../../kernels/tree-scoring.scalar.ts";
import type { Tree } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

export interface TreeAttributions {
  /** The margin expected when nothing is known of the row: each split taken as its training rows were. */
  readonly expected: number;
  /** One per feature, in model order; with `expected` they add up to the row's margin. */
  readonly contributions: Float64Array;
}

/**
 * Makes a model ready to explain rows: `values` is one in model order, as `encodeRows` makes it. Make it once and keep it.
 *
 * What a leaf adds when only some features are known is its value times one factor for each feature on its path: `meets` (1 or 0,
 * whether the row goes that way) where the feature is known, `share` (of the training rows that came that way) where it is not. Its
 * Shapley value for feature i is the integral over t in [0, 1] of value * (meets_i - share_i) * the product over the other features of
 * (t * meets + (1 - t) * share) (Owen 1972, "Multilinear extensions of games"). That is a polynomial in t, so a Gauss-Legendre rule with
 * half as many points as features on a path gives it exactly. Products are carried down the tree and sums carried up, so that a node
 * costs a few multiplications a point (as in Yu et al. 2022, "Linear TreeShap").
 */
export function openAttributions(model: TreesModel): (values: ArrayLike<number>) => TreeAttributions {
  const { trees, features, baseScore } = model;
  const opened = trees.map((tree) => openTree(tree, pointsOnUnit(Math.max(1, Math.ceil(longestPath(tree) / 2)))));
  const expected = trees.reduce((sum, tree) => sum + meanValue(tree, 0), baseScore);
  const nodes = Math.max(0, ...opened.map(({ nodes }) => nodes.length));
  const cells = Math.max(0, ...opened.map(({ taken }) => taken.product.length));
  const scratch = {
    next: new Int32Array(nodes),
    meets: new Uint8Array(nodes),
    products: new Float64Array(cells),
    sums: new Float64Array(cells),
  };
  return (values) => {
    const contributions = new Float64Array(features.length);
    for (const tree of opened) {
      carryDown(tree, values, scratch);
      carryUp(tree, scratch, contributions);
    }
    return { expected, contributions };
  };
}

/** One point of the rule for integrals from 0 to 1. */
interface Point {
  readonly t: number;
  readonly weight: number;
}

function pointsOnUnit(count: number): readonly Point[] {
  const { points, weights } = gaussLegendre(count);
  return Array.from(points, (point, at) => ({ t: (point + 1) / 2, weight: weights[at] / 2 }));
}

/** Features on the path that has most different ones. */
function longestPath(tree: Tree): number {
  const below = (node: number, met: ReadonlySet<number>): number => {
    const feature = tree.feature[node];
    if (feature < 0) return met.size;
    const more = new Set([...met, feature]);
    return Math.max(below(tree.left[node], more), below(tree.right[node], more));
  };
  return below(0, new Set());
}

function meanValue(tree: Tree, node: number): number {
  if (tree.feature[node] < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  return (
    (tree.rows[left] * meanValue(tree, left) + tree.rows[right] * meanValue(tree, right)) /
    (tree.rows[left] + tree.rows[right])
  );
}

/** A tree's nodes, parents before their children; the rest is by place in this order and about the edge into the node. */
interface OpenTree {
  readonly tree: Tree;
  /** How many points the tree's rule has. */
  readonly points: number;
  readonly nodes: Int32Array;
  /** Place of the parent. */
  readonly above: Int32Array;
  /** Place of the next edge above that splits on the same feature; 0, the root, where there is none. */
  readonly same: Int32Array;
  /** Share of the parent's training rows. */
  readonly share: Float64Array;
  /** For a row that takes the edge, and for one that does not but takes all above of the same feature. */
  readonly taken: EdgeFactors;
  readonly missed: EdgeFactors;
}

/** By place, then by point. */
interface EdgeFactors {
  /** What the edge does to the product of the path. */
  readonly product: Float64Array;
  /** What the edge's feature gets of the sum over the leaves below, less what the same edge above has given it. */
  readonly gain: Float64Array;
}

function openTree(tree: Tree, points: readonly Point[]): OpenTree {
  const size = tree.feature.length;
  const factors = (): EdgeFactors => ({
    product: new Float64Array(size * points.length),
    gain: new Float64Array(size * points.length),
  });
  const nodes = new Int32Array(size);
  let found = 1;
  const [above, same] = [new Int32Array(size), new Int32Array(size)];
  const share = new Float64Array(size).fill(1);
  const [taken, missed] = [factors(), factors()];
  /** Shares of all edges of the same feature on the path, multiplied. */
  const shares = new Float64Array(size).fill(1);
  for (let parent = 0; parent < found; parent++) {
    const node = nodes[parent];
    if (tree.feature[node] < 0) continue;
    for (const child of [tree.left[node], tree.right[node]]) {
      const place = found++;
      nodes[place] = child;
      above[place] = parent;
      share[place] = tree.rows[child] / (tree.rows[tree.left[node]] + tree.rows[tree.right[node]]);
      same[place] = parent;
      while (same[place] > 0 && tree.feature[nodes[above[same[place]]]] !== tree.feature[node])
        same[place] = above[same[place]];
      const before = shares[same[place]];
      shares[place] = before * share[place];
      fillFactors(points, place, before, shares[place], taken, missed);
    }
  }
  return { tree, points: points.length, nodes, above, same, share, taken, missed };
}

/** `before` and `after` are the shares of the feature's rows above the edge and below; before the first edge of a feature it is 1. */
function fillFactors(
  points: readonly Point[],
  place: number,
  before: number,
  after: number,
  taken: EdgeFactors,
  missed: EdgeFactors,
): void {
  for (const [point, { t, weight }] of points.entries()) {
    const at = place * points.length + point;
    const [above, below] = [t + (1 - t) * before, t + (1 - t) * after];
    taken.product[at] = below / above;
    taken.gain[at] = weight * ((1 - after) / below - (1 - before) / above);
    missed.product[at] = ((1 - t) * after) / above;
    missed.gain[at] = weight * (-1 / (1 - t) - (1 - before) / above);
  }
}

interface Scratch {
  /** For an inner node the child that the row goes to. */
  readonly next: Int32Array;
  /** Whether the row takes the edge and all above of the same feature. */
  readonly meets: Uint8Array;
  readonly products: Float64Array;
  readonly sums: Float64Array;
}

/** The product of each path, at each point. */
function carryDown(
  { tree, points, nodes, above, same, share, taken, missed }: OpenTree,
  values: ArrayLike<number>,
  { next, meets, products }: Scratch,
): void {
  meets[0] = 1;
  products.fill(1, 0, points);
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place];
    if (tree.feature[node] >= 0) next[place] = childOf(tree, node, values, 0);
    if (place === 0) continue;
    const parent = above[place];
    const isOpen = meets[same[place]] === 1;
    meets[place] = isOpen && next[parent] === node ? 1 : 0;
    const { product } = meets[place] === 1 ? taken : missed;
    for (let at = place * points, from = parent * points; at < (place + 1) * points; at++, from++) {
      products[at] = products[from] * (isOpen ? product[at] : share[place]);
    }
  }
}

/** The sums over the leaves below each edge, and what they mean for its feature. */
function carryUp(
  { tree, points, nodes, above, same, taken, missed }: OpenTree,
  { meets, products, sums }: Scratch,
  contributions: Float64Array,
): void {
  sums.fill(0, 0, nodes.length * points);
  for (let place = nodes.length - 1; place > 0; place--) {
    const node = nodes[place];
    if (tree.feature[node] < 0) {
      for (let at = place * points; at < (place + 1) * points; at++) sums[at] = tree.value[node] * products[at];
    }
    const { gain } = meets[place] === 1 ? taken : missed;
    let given = 0;
    for (let at = place * points, to = above[place] * points; at < (place + 1) * points; at++, to++) {
      given += gain[at] * sums[at];
      sums[to] += sums[at];
    }
    if (meets[same[place]] === 1) contributions[tree.feature[nodes[above[place]]]] += given;
  }
}
