/** Scoring with boosted trees: the sum of one leaf value per tree, for many rows or for one. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { treeScoringKernel } from "./generated/tree-scoring.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { createLeafSets, type LeafSets } from "./leaf-sets.ts";
import { type ScoredTree, scoreRowScalar } from "./tree-scoring.scalar.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface TreeScoring {
  readonly path: KernelPath;
  /** The score of each row; `values` holds rows of `width` numbers one after the other. */
  scoreRows(values: Float64Array): Float64Array;
  /** The score of one row. */
  scoreRow(values: Float64Array): number;
}

/** Rows handed to the kernel at a time. */
const BATCH = 4096;
/** With more rows than these, trees of few leaves are scored by the leaves that their splits rule out. */
const FEW_ROWS = 8;
/** Bytes of expanded rows that the kernel keeps in the first-level cache while the trees pass over them. */
const BLOCK_BYTES = 16_384;
/** Walks that the kernel takes side by side. */
const WALKS = 8;
const NODE_BYTES = 16;

/** Prepares trees for scoring rows of `width` numbers. All ways add the leaf values up in the order of the trees, to the same bits. */
export function createTreeScoring(
  trees: readonly ScoredTree[],
  width: number,
  base: number,
  path: KernelPath = probeKernelPath(),
): TreeScoring {
  const check = (values: Float64Array) => {
    if (width > 0 && values.length % width === 0) return values.length / width;
    if (width === 0) return 0;
    throw new RangeError(`${values.length} numbers are no whole rows of ${width}`);
  };
  if (path === "scalar") {
    return {
      path,
      scoreRows: (values) =>
        Float64Array.from({ length: check(values) }, (_, row) => scoreRowScalar(trees, base, values, row * width)),
      scoreRow: (values) => scoreRowScalar(trees, base, values, 0),
    };
  }
  const { workspace, at, setCount, treeCount } = loadTrees(trees, width);
  const input = workspace.float64({ at: at.rows, length: BATCH * width });
  const output = workspace.float64({ at: at.out, length: BATCH });
  const block = Math.max(WALKS, Math.floor(BLOCK_BYTES / (8 * (2 * width + setCount) * WALKS)) * WALKS);
  const scoreOne = workspace.function("scoreRow");
  const row = [at.rows, width, at.sets, setCount, at.expanded] as const;
  const forest = [at.nodes, at.values, at.trees] as const;
  /** Made when first asked for: whoever scores one row after the other needs none. Null where the trees do not fit. */
  let sets: LeafSets | null | undefined;
  return {
    path,
    scoreRows(values) {
      const rows = check(values);
      if (rows > FEW_ROWS) {
        if (sets === undefined) sets = createLeafSets(trees, width, base) ?? null;
        if (sets !== null) return sets.score(values);
      }
      const scores = new Float64Array(rows);
      for (let from = 0; from < rows; from += BATCH) {
        const some = Math.min(BATCH, rows - from);
        input.set(values.subarray(from * width, (from + some) * width));
        const padded = Math.ceil(some / WALKS) * WALKS;
        workspace.call("scoreRows", ...row, Math.min(block, BATCH), padded, ...forest, trees.length, base, at.out);
        scores.set(output.subarray(0, some), from);
      }
      return scores;
    },
    scoreRow(values) {
      for (let i = 0; i < width; i++) input[i] = values[i];
      return scoreOne(at.rows, width, at.sets, setCount, at.expanded, at.nodes, at.values, at.trees, treeCount, base);
    },
  };
}

/** One categorical split's codes. Splits with the same codes share one. */
interface CodeSet {
  readonly feature: number;
  readonly leftCodes: readonly number[];
}

function loadTrees(trees: readonly ScoredTree[], width: number) {
  const sets = findSets(trees);
  const treeCount = Math.ceil(trees.length / WALKS) * WALKS;
  const nodeCount = trees.reduce((sum, tree) => sum + tree.feature.length, 0) + 1;
  const codes = [...sets.values()].map(({ leftCodes }) => Math.max(...leftCodes) + 1);
  const layout = createLayout();
  const expandedWidth = 2 * width + sets.size;
  const regions = {
    rows: layout.float64(BATCH * width),
    out: layout.float64(BATCH),
    expanded: layout.float64(Math.max(WALKS * expandedWidth, BLOCK_BYTES / 8)),
    sets: layout.int32(3 * sets.size),
    codes: layout.int8(codes.reduce((sum, count) => sum + count, 0)),
    nodes: layout.int8(nodeCount * NODE_BYTES),
    values: layout.float64(nodeCount),
    trees: layout.int32(2 * treeCount),
  };
  const workspace = openWorkspace(treeScoringKernel, layout);
  writeSets(workspace, [...sets.values()], codes, regions.sets.at, regions.codes.at);
  const writer = createNodeWriter(workspace, regions.nodes.at, regions.values.at, nodeCount, width, [...sets.keys()]);
  const roots = workspace.int32(regions.trees);
  trees.forEach((tree, index) => {
    const root = writer.write(tree);
    roots.set([root, depthOf(tree, 0)], 2 * index);
  });
  // Trees are walked eight at a time: the places left over walk a single leaf of value 0.
  const empty = writer.writeEmpty();
  for (let index = trees.length; index < treeCount; index++) roots.set([empty, 0], 2 * index);
  const at = {
    rows: regions.rows.at,
    out: regions.out.at,
    expanded: regions.expanded.at,
    sets: regions.sets.at,
    nodes: regions.nodes.at,
    values: regions.values.at,
    trees: regions.trees.at,
  };
  return { workspace, at, setCount: sets.size, treeCount };
}

function keyOf(feature: number, codes: readonly number[]): string {
  return `${feature}:${codes.join()}`;
}

function findSets(trees: readonly ScoredTree[]): Map<string, CodeSet> {
  const sets = new Map<string, CodeSet>();
  for (const { feature, leftCodes } of trees) {
    for (const [node, codes] of leftCodes.entries()) {
      if (codes !== null) sets.set(keyOf(feature[node], codes), { feature: feature[node], leftCodes: codes });
    }
  }
  return sets;
}

function writeSets(
  workspace: Workspace,
  sets: readonly CodeSet[],
  codes: readonly number[],
  at: number,
  codesAt: number,
) {
  let next = codesAt;
  for (const [index, { feature, leftCodes }] of sets.entries()) {
    workspace.int32({ at: at + index * 12, length: 3 }).set([feature, codes[index], next]);
    const bytes = workspace.int8({ at: next, length: codes[index] }).fill(1);
    for (const code of leftCodes) bytes[code] = 0;
    next += codes[index];
  }
}

/** Writes trees node by node, the two children of a node side by side. */
function createNodeWriter(
  workspace: Workspace,
  at: number,
  valuesAt: number,
  nodeCount: number,
  width: number,
  sets: readonly string[],
) {
  const thresholds = workspace.float64({ at, length: 2 * nodeCount });
  const links = workspace.int32({ at, length: 4 * nodeCount });
  const values = workspace.float64({ at: valuesAt, length: nodeCount });
  let used = 0;

  function place(index: number, threshold: number, column: number, firstChild: number, value: number): void {
    thresholds[2 * index] = threshold;
    links[4 * index + 2] = 8 * column;
    links[4 * index + 3] = at + NODE_BYTES * firstChild;
    values[index] = value;
  }

  function fill(tree: ScoredTree, node: number, index: number): void {
    if (tree.feature[node] < 0) {
      place(index, Number.NaN, 0, index - 1, tree.value[node]);
      return;
    }
    const children = used;
    used += 2;
    const codes = tree.leftCodes[node];
    const feature = tree.feature[node];
    // Where NaN goes left, the node asks whether the value is above the threshold: -value <= -(next number above it). NaN then fails.
    const swapped = codes === null && tree.missingLeft[node] === 1;
    if (codes !== null) place(index, 0.5, 2 * width + sets.indexOf(keyOf(feature, codes)), children, tree.value[node]);
    else if (swapped) place(index, -nextAbove(tree.threshold[node]), width + feature, children, tree.value[node]);
    else place(index, tree.threshold[node], feature, children, tree.value[node]);
    fill(tree, swapped ? tree.right[node] : tree.left[node], children);
    fill(tree, swapped ? tree.left[node] : tree.right[node], children + 1);
  }

  return {
    /** Returns the address of the root. */
    write(tree: ScoredTree): number {
      const root = used++;
      fill(tree, 0, root);
      return at + NODE_BYTES * root;
    },
    writeEmpty(): number {
      place(used, Number.NaN, 0, used - 1, 0);
      return at + NODE_BYTES * used;
    },
  };
}

/** Splits between a node and the deepest leaf below it. */
function depthOf(tree: ScoredTree, node: number): number {
  return tree.feature[node] < 0 ? 0 : 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));
}

const bits = new DataView(new ArrayBuffer(8));

/** The smallest double above a number; NaN above infinity, which no value reaches. */
function nextAbove(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.NaN;
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
