/** Boosted trees in about three bytes a node: thresholds as places in a table per feature, leaves as int8, float16 or float32. */

import { decodeHalf, encodeHalf } from "./half-precision.ts";
import { packTree, type Tree, type TreeNode } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

export type LeafPrecision = "int8" | "float16" | "float32";

/** All nodes of all trees, each parent before its left and then its right subtree. */
export interface CompactTrees {
  readonly model: Omit<TreesModel, "trees">;
  readonly leafPrecision: LeafPrecision;
  /** Per node: 0 for a leaf, else 1 + 2 x feature + (1 where missing values go left). */
  readonly kinds: Uint8Array | Uint16Array;
  /** Per inner node: the place of its threshold or of its set of codes in the feature's table. */
  readonly places: Uint8Array | Uint16Array;
  /** Per leaf its value; for int8 a multiple of its tree's scale. */
  readonly leaves: Int8Array | Uint16Array | Float32Array;
  /** Per tree; empty unless leaves are int8. */
  readonly scales: Float32Array;
  /** Per numeric feature its thresholds, ascending. */
  readonly thresholds: readonly Float32Array[];
  /** Per categorical feature the sets of codes that go left. */
  readonly codeSets: readonly (readonly (readonly number[])[])[];
  /** What all of these arrays take. */
  readonly bytes: number;
}

/**
 * Rounds a model. Thresholds are rounded down to float32, which changes no decision on a float32 value; leaves to the nearest
 * value of the precision. Gains and row counts are left out: the result scores, it does not explain. `expandTrees` gives the
 * rounded model, so that what the rounding costs can be measured.
 */
export function compactTrees({ trees, ...model }: TreesModel, leafPrecision: LeafPrecision): CompactTrees {
  const thresholds = model.features.map((_, feature) => thresholdsOf(trees, feature));
  const codeSets = model.features.map((_, feature) => codeSetsOf(trees, feature));
  const kinds: number[] = [];
  const places: number[] = [];
  const leaves: number[] = [];
  const scales = leafPrecision === "int8" ? Float32Array.from(trees, leafScale) : new Float32Array(0);
  const place = (tree: Tree, node: number, scale: number): void => {
    const feature = tree.feature[node];
    if (feature < 0) {
      kinds.push(0);
      leaves.push(roundLeaf(tree.value[node], leafPrecision, scale));
      return;
    }
    kinds.push(1 + 2 * feature + tree.missingLeft[node]);
    const codes = tree.leftCodes[node];
    places.push(
      codes === null
        ? thresholds[feature].indexOf(floatBelow(tree.threshold[node]))
        : codeSets[feature].findIndex((set) => set.join() === codes.join()),
    );
    place(tree, tree.left[node], scale);
    place(tree, tree.right[node], scale);
  };
  for (const [index, tree] of trees.entries()) place(tree, 0, scales[index] ?? 1);
  const arrays = {
    kinds: shortest(kinds),
    places: shortest(places),
    leaves:
      leafPrecision === "int8"
        ? Int8Array.from(leaves)
        : leafPrecision === "float16"
          ? Uint16Array.from(leaves)
          : Float32Array.from(leaves),
    scales,
  };
  const tables = thresholds.reduce((sum, table) => sum + table.byteLength, 0) + 2 * codeSets.flat(2).length;
  const bytes = Object.values(arrays).reduce((sum, array) => sum + array.byteLength, tables);
  return { model, leafPrecision, ...arrays, thresholds, codeSets, bytes };
}

/** The model that the compact form holds, without gains and row counts. */
export function expandTrees(compact: CompactTrees): TreesModel {
  const { kinds, places, leaves, leafPrecision, scales, thresholds, codeSets, model } = compact;
  const trees: Tree[] = [];
  const next = { node: 0, place: 0, leaf: 0 };
  while (next.node < kinds.length) {
    const nodes: TreeNode[] = [];
    const scale = scales[trees.length] ?? 1;
    const read = (): number => {
      const index = nodes.length;
      const kind = kinds[next.node++];
      const bare = {
        threshold: 0,
        leftCodes: null,
        missingLeft: false,
        left: -1,
        right: -1,
        value: 0,
        gain: 0,
        rows: 0,
      };
      nodes.push({ ...bare, feature: -1 });
      if (kind === 0) {
        const stored = leaves[next.leaf++];
        nodes[index] = {
          ...bare,
          feature: -1,
          value: leafPrecision === "float16" ? decodeHalf(stored) : stored * scale,
        };
        return index;
      }
      const feature = (kind - 1) >> 1;
      const entry = places[next.place++];
      const categorical = model.features[feature].categories !== undefined;
      const rule = categorical ? { leftCodes: codeSets[feature][entry] } : { threshold: thresholds[feature][entry] };
      const left = read();
      const right = read();
      nodes[index] = { ...bare, ...rule, feature, missingLeft: (kind - 1) % 2 === 1, left, right };
      return index;
    };
    read();
    trees.push(packTree(nodes));
  }
  return { ...model, trees };
}

function roundLeaf(value: number, precision: LeafPrecision, scale: number): number {
  switch (precision) {
    case "int8":
      return Math.round(value / scale);
    case "float16":
      return encodeHalf(value);
    case "float32":
      return value;
    default:
      return precision satisfies never;
  }
}

/** The largest leaf of the tree is 127 scales; 1 for a tree of zeros. */
function leafScale(tree: Tree): number {
  let largest = 0;
  for (const [node, feature] of tree.feature.entries()) {
    if (feature < 0) largest = Math.max(largest, Math.abs(tree.value[node]));
  }
  return largest === 0 ? 1 : Math.fround(largest / 127);
}

function thresholdsOf(trees: readonly Tree[], feature: number): Float32Array {
  const found = new Set<number>();
  for (const tree of trees) {
    for (const [node, one] of tree.feature.entries()) {
      if (one === feature && tree.leftCodes[node] === null) found.add(floatBelow(tree.threshold[node]));
    }
  }
  return Float32Array.from(found).sort();
}

function codeSetsOf(trees: readonly Tree[], feature: number): (readonly number[])[] {
  const found = new Map<string, readonly number[]>();
  for (const tree of trees) {
    for (const [node, codes] of tree.leftCodes.entries()) {
      if (codes !== null && tree.feature[node] === feature) found.set(codes.join(), codes);
    }
  }
  return [...found.values()];
}

const floats = new Float32Array(1);
const words = new Int32Array(floats.buffer);

/** The largest float32 that is not above the number. */
function floatBelow(value: number): number {
  floats[0] = value;
  if (floats[0] <= value) return floats[0];
  if (floats[0] === 0) return -(2 ** -149);
  words[0] += floats[0] > 0 ? -1 : 1;
  return floats[0];
}

function shortest(numbers: readonly number[]): Uint8Array | Uint16Array {
  return numbers.every((one) => one < 256) ? Uint8Array.from(numbers) : Uint16Array.from(numbers);
}
