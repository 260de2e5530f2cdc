/** Boosted trees in about three bytes a node: thresholds as places in a table per feature, leaves and tables rounded to a precision. */

import { decodeHalf, encodeHalf } from "./half-precision.ts";
import { packTree, type Tree, type TreeNode } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

/** How finely leaves are kept. Thresholds are float32 beside float32 leaves, and float16 beside coarser ones. */
export type TreesPrecision = "int8" | "float16" | "float32";

/** All nodes of all trees, each parent before its left and then its right subtree. */
export interface CompactTrees {
  readonly model: Omit<TreesModel, "trees">;
  readonly precision: TreesPrecision;
  /** Per node: 0 for a leaf, else 1 + 2 x feature + (1 where missing values go left). */
  readonly kinds: Uint8Array | Uint16Array;
  /** Per inner node: the place of its threshold or of its set of codes in the feature's table. */
  readonly places: Uint8Array | Uint16Array;
  /** Per leaf its value; for int8 a multiple of its tree's scale. */
  readonly leaves: Int8Array | Uint16Array | Float32Array;
  /** Per tree; empty unless leaves are int8. */
  readonly scales: Float32Array;
  /** Per numeric feature its thresholds, ascending: numbers, or the bits of halves. */
  readonly thresholds: readonly (Float32Array | Uint16Array)[];
  /** Per categorical feature the sets of codes that go left. */
  readonly codeSets: readonly (readonly (readonly number[])[])[];
  /** What all of these arrays take. */
  readonly bytes: number;
}

/**
 * Rounds a model. Leaves become the nearest value of the precision: for int8 a multiple of 1/127 of the tree's largest leaf. Thresholds
 * are rounded down to float32, which changes no decision on a float32 value, or to the nearest half where every threshold of the
 * feature lies in the range of normal halves. A value between a threshold and its rounded one takes the other branch. Gains and
 * row counts are left out: the result scores, it does not explain. `expandTrees` gives the rounded model, so that what the
 * rounding costs can be measured.
 */
export function compactTrees({ trees, ...model }: TreesModel, precision: TreesPrecision): CompactTrees {
  const tables = model.features.map((_, feature) => openTable(trees, feature, precision));
  const codeSets = model.features.map((_, feature) => codeSetsOf(trees, feature));
  const kinds: number[] = [];
  const places: number[] = [];
  const leaves: number[] = [];
  const scales = precision === "int8" ? Float32Array.from(trees, leafScale) : new Float32Array(0);
  const place = (tree: Tree, node: number, scale: number): void => {
    const feature = tree.feature[node];
    if (feature < 0) {
      kinds.push(0);
      leaves.push(roundLeaf(tree.value[node], precision, scale));
      return;
    }
    kinds.push(1 + 2 * feature + tree.missingLeft[node]);
    const codes = tree.leftCodes[node];
    places.push(
      codes === null
        ? tables[feature].placeOf(tree.threshold[node])
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
      precision === "int8"
        ? Int8Array.from(leaves)
        : precision === "float16"
          ? Uint16Array.from(leaves)
          : Float32Array.from(leaves),
    scales,
  };
  const thresholds = tables.map(({ stored }) => stored);
  const fixed = thresholds.reduce((sum, table) => sum + table.byteLength, 0) + 2 * codeSets.flat(2).length;
  const bytes = Object.values(arrays).reduce((sum, array) => sum + array.byteLength, fixed);
  return { model, precision, ...arrays, thresholds, codeSets, bytes };
}

/** The most that rounded leaves can move the margin of a row which takes the same branches: half a step of each tree, added up. */
export function leafRounding({ trees }: TreesModel, precision: TreesPrecision): number {
  return trees.reduce((sum, tree) => sum + halfStep(largestLeaf(tree), precision), 0);
}

/** The model that the compact form holds, without gains and row counts. */
export function expandTrees(compact: CompactTrees): TreesModel {
  const { kinds, places, leaves, precision, scales, codeSets, model } = compact;
  const thresholds = compact.thresholds.map(numbersOf);
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
          value: precision === "float16" ? decodeHalf(stored) : stored * scale,
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

function roundLeaf(value: number, precision: TreesPrecision, scale: number): number {
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
  const largest = largestLeaf(tree);
  return largest === 0 ? 1 : Math.fround(largest / 127);
}

function largestLeaf(tree: Tree): number {
  let largest = 0;
  for (const [node, feature] of tree.feature.entries()) {
    if (feature < 0) largest = Math.max(largest, Math.abs(tree.value[node]));
  }
  return largest;
}

function halfStep(largest: number, precision: TreesPrecision): number {
  switch (precision) {
    case "int8":
      return largest / 127 / 2;
    case "float16":
      return Math.max(largest * 2 ** -11, 2 ** -25);
    case "float32":
      return largest * 2 ** -24;
    default:
      return precision satisfies never;
  }
}

/** A feature's thresholds as they are stored, and the place of each threshold of the model among them. */
interface ThresholdTable {
  readonly stored: Float32Array | Uint16Array;
  placeOf(threshold: number): number;
}

function openTable(trees: readonly Tree[], feature: number, precision: TreesPrecision): ThresholdTable {
  const found = new Set<number>();
  for (const tree of trees) {
    for (const [node, one] of tree.feature.entries()) {
      if (one === feature && tree.leftCodes[node] === null) found.add(tree.threshold[node]);
    }
  }
  const inHalves = precision !== "float32" && [...found].every(fitsHalf);
  const round = inHalves ? (threshold: number): number => decodeHalf(encodeHalf(threshold)) : floatBelow;
  const rounded = Float32Array.from(new Set([...found].map(round))).sort();
  return {
    stored: inHalves ? Uint16Array.from(rounded, encodeHalf) : rounded,
    placeOf: (threshold) => rounded.indexOf(round(threshold)),
  };
}

/** Whether a half keeps eleven bits of the number: zero, infinity, and all from the least normal half to the largest. */
function fitsHalf(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || size === Number.POSITIVE_INFINITY || (size >= 2 ** -14 && size <= 65_504);
}

function numbersOf(stored: Float32Array | Uint16Array): Float32Array {
  return stored instanceof Float32Array ? stored : Float32Array.from(stored, decodeHalf);
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
