/** Exact Shapley values of a trees model's margin: how much each feature of one row moved it, for reason codes. */

import { childOf } from "../../../kernels/tree-scoring.scalar.ts";
import type { Tree } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

export interface TreeAttributions {
  /** The margin expected when nothing is known of the row: each split taken as its training rows were. */
  readonly expected: number;
  /** One per feature, in model order; with `expected` they add up to the row's margin. */
  readonly contributions: Float64Array;
}

/** One feature on the way to a node: the share of rows that came this way, and whether this row does. */
interface Step {
  readonly feature: number;
  readonly share: number;
  readonly follows: number;
  /** The sum of the weights of all subsets of the path with so many features known. */
  weight: number;
}

/**
 * TreeSHAP, path-dependent (Lundberg et al. 2018, "Consistent individualized feature attribution for tree ensembles", algorithm
 * 2). `values` is one row in model order, as `encodeRows` makes it. Time: leaves x depth^2 per tree.
 */
export function attributeRow(model: TreesModel, values: ArrayLike<number>): TreeAttributions {
  const contributions = new Float64Array(model.features.length);
  let expected = model.baseScore;
  for (const tree of model.trees) {
    expected += meanValue(tree, 0);
    descend(tree, 0, [], { feature: -1, share: 1, follows: 1 }, values, contributions);
  }
  return { expected, contributions };
}

function meanValue(tree: Tree, node: number): number {
  if (tree.feature[node] < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  return (
    (tree.rows[left] * meanValue(tree, left) + tree.rows[right] * meanValue(tree, right)) /
    (tree.rows[left] + tree.rows[right])
  );
}

function descend(
  tree: Tree,
  node: number,
  before: readonly Step[],
  arrival: Omit<Step, "weight">,
  values: ArrayLike<number>,
  contributions: Float64Array,
): void {
  const path = extend(before, arrival);
  if (tree.feature[node] < 0) {
    for (let at = 1; at < path.length; at++) {
      const { feature, share, follows } = path[at];
      const weight = unwind(path, at).reduce((sum, step) => sum + step.weight, 0);
      contributions[feature] += weight * (follows - share) * tree.value[node];
    }
    return;
  }
  const feature = tree.feature[node];
  const taken = childOf(tree, node, values, 0);
  const known = path.findIndex((step) => step.feature === feature);
  const { share, follows } = known < 0 ? { share: 1, follows: 1 } : path[known];
  const shorter = known < 0 ? path : unwind(path, known);
  const [left, right] = [tree.left[node], tree.right[node]];
  for (const child of [left, right]) {
    const arriving = {
      feature,
      share: (share * tree.rows[child]) / (tree.rows[left] + tree.rows[right]),
      follows: child === taken ? follows : 0,
    };
    descend(tree, child, shorter, arriving, values, contributions);
  }
}

/** The path with one feature more; weights count the subsets that do and do not know it. */
function extend(path: readonly Step[], { feature, share, follows }: Omit<Step, "weight">): Step[] {
  const depth = path.length;
  const longer = [...path.map((step) => ({ ...step })), { feature, share, follows, weight: depth === 0 ? 1 : 0 }];
  for (let i = depth - 1; i >= 0; i--) {
    longer[i + 1].weight += (follows * longer[i].weight * (i + 1)) / (depth + 1);
    longer[i].weight *= (share * (depth - i)) / (depth + 1);
  }
  return longer;
}

/** Undoes `extend` for the feature at place `at`. */
function unwind(path: readonly Step[], at: number): Step[] {
  const depth = path.length - 1;
  const { share, follows } = path[at];
  const weights = path.map((step) => step.weight);
  let next = weights[depth];
  for (let i = depth - 1; i >= 0; i--) {
    if (follows !== 0) {
      const kept = weights[i];
      weights[i] = (next * (depth + 1)) / ((i + 1) * follows);
      next = kept - (weights[i] * share * (depth - i)) / (depth + 1);
    } else {
      weights[i] = (weights[i] * (depth + 1)) / (share * (depth - i));
    }
  }
  return path.filter((_, i) => i !== at).map((step, i) => ({ ...step, weight: weights[i] }));
}
