/** Boosted trees of few leaves as splits that each rule out leaves: which columns of ranks they look at, and which of their bits. */

import type { ScoredTree } from "./tree-scoring.scalar.ts";

/** What the kernel is to be given. */
export interface LeafSetsPlan {
  /** Bytes that hold a tree's leaves. */
  readonly planes: number;
  /** By tree and leaf, eight a plane. */
  readonly values: Float64Array;
  /** Splits of each tree and plane, the last plane first: the first leaf that is left decides, and is found last. */
  readonly runs: readonly number[];
  readonly splits: readonly Split[];
  /** By feature its thresholds, ascending. */
  readonly thresholds: ReadonlyMap<number, readonly number[]>;
  readonly sets: readonly CodeSet[];
  readonly columns: Columns;
}

interface Split {
  readonly column: number;
  /** A byte: 128 less than the rank that a row's has to be above. */
  readonly above: number;
  /** The leaves of a plane that are ruled out then. */
  readonly leaves: number;
}

/** The codes that go left at a categorical split. Splits with the same codes share one. */
interface CodeSet {
  readonly about: string;
  readonly feature: number;
  readonly codes: readonly number[];
}

/** A way of asking: whether a number's rank, or the side of a code, is above another; turned, whether it is not. */
interface Column {
  /** The feature, or the codes of a categorical split. */
  readonly about: string;
  readonly isMissingLeft: boolean;
  readonly isTurned: boolean;
}

interface Columns {
  readonly count: number;
  /** The number of a column; 0 for one that no split looks at. */
  find(column: Column): number;
  /** Of each turned column the one that it is made of, and itself. */
  turned(): readonly (readonly [number, number])[];
}

/** Leaves whose bits lie in one byte. */
const PLANE = 8;
/** A leaf's number is a byte. */
const MOST_LEAVES = 256;
/** Ranks are bytes. */
const MOST_THRESHOLDS = 255;
/** A split has 16 bits for the place of its column of 64 bytes. */
const MOST_COLUMNS = 1024;

/** Undefined for trees that do not fit: of many leaves, of features with many thresholds, or with a threshold that is no number. */
export function planLeafSets(trees: readonly ScoredTree[]): LeafSetsPlan | undefined {
  const thresholds = thresholdsOf(trees);
  const most = Math.max(1, ...trees.map((tree) => leavesBelow(tree, 0)));
  if (most > MOST_LEAVES || thresholds === undefined) return undefined;
  const planes = Math.ceil(most / PLANE);
  const columns = createColumns();
  const sets = new Map<string, CodeSet>();
  const values = new Float64Array(trees.length * planes * PLANE);
  const runs: number[] = [];
  const splits: Split[] = [];
  for (const [at, tree] of trees.entries()) {
    const byPlane: Split[][] = Array.from({ length: planes }, () => []);
    let leaf = 0;
    const visit = (node: number): void => {
      const feature = tree.feature[node];
      if (feature < 0) {
        values[at * planes * PLANE + leaf++] = tree.value[node];
        return;
      }
      // The smaller side comes first: its leaves are those that a split rules out.
      const isTurned = leavesBelow(tree, tree.right[node]) < leavesBelow(tree, tree.left[node]);
      const from = leaf;
      visit(isTurned ? tree.right[node] : tree.left[node]);
      const until = leaf;
      const codes = tree.leftCodes[node];
      const about = codes === null ? String(feature) : `${feature}:${codes.join()}`;
      if (codes !== null) sets.set(about, { about, feature, codes });
      const column = columns.of({ about, isMissingLeft: codes === null && tree.missingLeft[node] === 1, isTurned });
      const rank = codes === null ? (thresholds.get(feature)?.indexOf(tree.threshold[node]) ?? 0) : 0;
      const above = isTurned ? 126 - rank : rank - 128;
      for (let plane = Math.floor(from / PLANE); plane * PLANE < until; plane++) {
        const bits = bitsBelow(until - plane * PLANE) & ~bitsBelow(from - plane * PLANE);
        byPlane[plane].push({ column, above, leaves: bits });
      }
      visit(isTurned ? tree.left[node] : tree.right[node]);
    };
    visit(0);
    for (const some of byPlane.reverse()) {
      runs.push(some.length);
      splits.push(...some);
    }
  }
  if (columns.count > MOST_COLUMNS) return undefined;
  return { planes, values, runs, splits, thresholds, sets: [...sets.values()], columns };
}

/** By feature its thresholds, ascending; undefined where they are too many for ranks of a byte, or one is no number. */
function thresholdsOf(trees: readonly ScoredTree[]): Map<number, readonly number[]> | undefined {
  const found = new Map<number, Set<number>>();
  for (const { feature, threshold, leftCodes } of trees) {
    for (const [node, one] of feature.entries()) {
      if (one < 0 || leftCodes[node] !== null) continue;
      if (Number.isNaN(threshold[node])) return undefined;
      const known = found.get(one) ?? new Set();
      // Both zeros are one threshold, as they are one member of a set.
      found.set(one, known.add(threshold[node]));
      if (known.size > MOST_THRESHOLDS) return undefined;
    }
  }
  return new Map([...found].map(([feature, known]) => [feature, [...known].sort((a, b) => a - b)]));
}

/** Numbers columns as they are asked for. The first is nobody's: what is not asked for goes there. */
function createColumns(): Columns & { of(column: Column): number } {
  const known = new Map<string, { readonly column: Column; readonly number: number }>();
  const keyOf = ({ about, isMissingLeft, isTurned }: Column): string => `${about} ${isMissingLeft} ${isTurned}`;
  const find = (column: Column): number => known.get(keyOf(column))?.number ?? 0;
  const of = (column: Column): number => {
    // A turned column is made of the other one.
    if (column.isTurned) of({ ...column, isTurned: false });
    const key = keyOf(column);
    if (!known.has(key)) known.set(key, { column, number: known.size + 1 });
    return find(column);
  };
  return {
    of,
    find,
    get count() {
      return known.size + 1;
    },
    turned: () =>
      [...known.values()]
        .filter(({ column }) => column.isTurned)
        .map(({ column, number }) => [find({ ...column, isTurned: false }), number] as const),
  };
}

function leavesBelow(tree: ScoredTree, node: number): number {
  return tree.feature[node] < 0 ? 1 : leavesBelow(tree, tree.left[node]) + leavesBelow(tree, tree.right[node]);
}

/** As many of a byte's bits, from the lowest. */
function bitsBelow(count: number): number {
  return 2 ** Math.max(0, Math.min(PLANE, count)) - 1;
}
