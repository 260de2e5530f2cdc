/** Trees cut into pieces that each have few enough outcomes for a row to keep a table of what each outcome gives the features. */

import { addLeafShapley, type LeafPath } from "./leaf-shapley.ts";
import type { Tree } from "./tree.ts";

/** One question to a row, answered 1 where any of its splits sends the row another way than `left` says. */
export interface PieceQuestion {
  readonly splits: readonly { readonly node: number; readonly left: boolean }[];
}

/**
 * The leaves below one node. Its questions are whether each feature on the path to the node keeps the row from it, then each split below;
 * bit k of an outcome is the answer to question k.
 */
export interface TreePiece {
  readonly tree: Tree;
  readonly questions: readonly PieceQuestion[];
  /** The features on the paths to its leaves. */
  readonly features: readonly number[];
  readonly leaves: readonly PieceLeaf[];
  /** Whether its table is within the limit; otherwise it is a single leaf with one question for each feature. */
  readonly isTabled: boolean;
}

export interface PieceLeaf extends LeafPath {
  /** For each feature on its path: its place among the piece's, and that an outcome misses unless its `asked` bits are `wanted`. */
  readonly conditions: readonly { readonly column: number; readonly asked: number; readonly wanted: number }[];
}

/** Cuts a tree into as few pieces as keep each table within `limit` numbers. */
export function cutTree(tree: Tree, limit: number): TreePiece[] {
  const cut = (node: number, path: ReadonlyMap<number, PathFeature>): TreePiece[] => {
    const below = splitsBelow(tree, node);
    const features = [...new Set([...path.keys(), ...below.map((split) => tree.feature[split])])];
    const isTabled = 2 ** (path.size + below.length) * features.length <= limit;
    if (!isTabled && below.length > 0)
      return childrenOf(tree, node).flatMap((child) => cut(child.node, extend(path, tree, node, child)));
    const questions = [
      ...[...path.values()].map(({ splits }) => ({ splits })),
      ...below.map((split) => ({ splits: [{ node: split, left: false }] })),
    ];
    return [{ tree, questions, features, leaves: leavesBelow(tree, node, path, features, below), isTabled }];
  };
  return cut(0, new Map());
}

/** What each outcome gives each feature of the piece: outcome after outcome, added to `table` from `at` on. */
export function fillTable({ questions, features, leaves }: TreePiece, table: Float64Array, at: number): void {
  const outcomes = 2 ** questions.length;
  for (const leaf of leaves) {
    const { conditions } = leaf;
    const count = conditions.length;
    /** By which features miss, as bits: what the leaf gives. */
    const given = new Float64Array(2 ** count * count);
    const misses = new Uint8Array(count);
    for (let missed = 0; missed < 2 ** count; missed++) {
      for (let bit = 0; bit < count; bit++) misses[bit] = (missed >> bit) & 1;
      addLeafShapley(leaf, misses, given.subarray(missed * count, (missed + 1) * count));
    }
    for (let outcome = 0; outcome < outcomes; outcome++) {
      let missed = 0;
      for (let bit = 0; bit < count; bit++) {
        const { asked, wanted } = conditions[bit];
        if ((outcome & asked) !== wanted) missed |= 1 << bit;
      }
      const row = at + outcome * features.length;
      for (let bit = 0; bit < count; bit++) table[row + conditions[bit].column] += given[missed * count + bit];
    }
  }
}

/** A feature on the path to a node: its splits there, and the share of the training rows that they let through. */
interface PathFeature {
  readonly splits: readonly { readonly node: number; readonly left: boolean }[];
  readonly share: number;
}

interface Child {
  readonly node: number;
  readonly left: boolean;
  /** Share of the parent's training rows. */
  readonly share: number;
}

function childrenOf(tree: Tree, node: number): Child[] {
  const [left, right] = [tree.left[node], tree.right[node]];
  const rows = tree.rows[left] + tree.rows[right];
  return [
    { node: left, left: true, share: tree.rows[left] / rows },
    { node: right, left: false, share: tree.rows[right] / rows },
  ];
}

function extend(
  path: ReadonlyMap<number, PathFeature>,
  tree: Tree,
  node: number,
  { left, share }: Child,
): Map<number, PathFeature> {
  const known = path.get(tree.feature[node]) ?? { splits: [], share: 1 };
  const splits = [...known.splits, { node, left }];
  return new Map([...path, [tree.feature[node], { splits, share: known.share * share }]]);
}

function splitsBelow(tree: Tree, node: number): number[] {
  if (tree.feature[node] < 0) return [];
  return [node, ...splitsBelow(tree, tree.left[node]), ...splitsBelow(tree, tree.right[node])];
}

function leavesBelow(
  tree: Tree,
  top: number,
  path: ReadonlyMap<number, PathFeature>,
  features: readonly number[],
  below: readonly number[],
): PieceLeaf[] {
  const leafOf = (node: number, here: ReadonlyMap<number, PathFeature>): PieceLeaf => {
    const conditions = [...here].map(([feature, { splits }]) => {
      const column = features.indexOf(feature);
      const isAbove = path.has(feature);
      let [asked, wanted] = [isAbove ? 1 << column : 0, 0];
      for (const split of splits.slice(path.get(feature)?.splits.length ?? 0)) {
        const bit = 1 << (path.size + below.indexOf(split.node));
        asked |= bit;
        if (split.left) wanted |= bit;
      }
      return { column, asked, wanted };
    });
    return { value: tree.value[node], shares: [...here.values()].map(({ share }) => share), conditions };
  };
  const leaves = (node: number, here: ReadonlyMap<number, PathFeature>): PieceLeaf[] =>
    tree.feature[node] < 0
      ? [leafOf(node, here)]
      : childrenOf(tree, node).flatMap((child) => leaves(child.node, extend(here, tree, node, child)));
  return leaves(top, path);
}
