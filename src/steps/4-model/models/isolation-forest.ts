/** Isolation forest: rows that few random cuts set apart are anomalies. Learns without labels. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { numbers, type Table } from "../../../core/table.ts";

export interface IsolationOptions {
  /** Numeric columns to use. Default: all of the table. */
  readonly features?: readonly string[];
  /** Default 100. */
  readonly trees?: number;
  /** Rows each tree is grown on, drawn without replacement. Default 256, or all rows where there are fewer. */
  readonly rowsPerTree?: number;
}

/** Nodes as flat lists, node 0 the root; a leaf has feature -1 and its path length. JSON as it stands. */
export interface IsolationTree {
  readonly feature: readonly number[];
  /** A value below goes left, any other right. */
  readonly threshold: readonly number[];
  /** 1 where a missing value goes left: to the side with more rows. */
  readonly missingLeft: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** At a leaf: its depth, plus the depth that its rows would take to part. */
  readonly pathLength: readonly number[];
}

export interface IsolationForest {
  readonly format: "heptad isolation forest";
  readonly version: 1;
  readonly features: readonly string[];
  readonly rowsPerTree: number;
  readonly trees: readonly IsolationTree[];
}

/** Grows the forest (Liu, Ting and Zhou 2008, "Isolation Forest"). Fails with `too-few-rows`, `missing-column` or `bad-option`. */
export function trainIsolationForest(
  table: Table,
  options: IsolationOptions,
  random: Random,
): Outcome<IsolationForest> {
  const { features = [...table.columns.keys()], trees = 100, rowsPerTree: wanted = 256 } = options;
  if (!Number.isInteger(trees) || trees < 1 || !Number.isInteger(wanted) || wanted < 2) {
    const message = `${trees} trees of ${wanted} rows: there have to be whole numbers of at least 1 tree and 2 rows`;
    return fail({ code: "bad-option", message });
  }
  if (table.rows < 2) {
    return fail({
      code: "too-few-rows",
      message: `${table.rows} rows: nothing can be set apart`,
      fix: "give at least 2 rows",
    });
  }
  const unusable = features.find((name) => !ArrayBuffer.isView(table.columns.get(name)));
  if (unusable !== undefined) {
    return fail({ code: "missing-column", where: unusable, message: `there is no numeric column ${unusable}` });
  }
  const columns = features.map((name) => numbers(table, name));
  const rowsPerTree = Math.min(wanted, table.rows);
  return succeed({
    format: "heptad isolation forest",
    version: 1,
    features,
    rowsPerTree,
    trees: Array.from({ length: trees }, (_, index) => {
      const draw = random.fork(`tree ${index}`);
      return growIsolationTree(columns, drawRows(table.rows, rowsPerTree, draw), draw);
    }),
  });
}

/**
 * The anomaly score of each row, 2^(-mean path length / c(rows per tree)): above 0.5 is set apart sooner than in random data, near
 * 1 at once. Throws when a column is missing.
 */
export function isolationScores(forest: IsolationForest, table: Table): Float64Array {
  const columns = forest.features.map((name) => numbers(table, name));
  const values = new Float64Array(columns.length);
  return Float64Array.from({ length: table.rows }, (_, row) => {
    for (const [feature, column] of columns.entries()) values[feature] = column[row];
    return isolationScore(forest, values);
  });
}

/** The anomaly score of one row, its values in the order of the forest's features. */
export function isolationScore(forest: IsolationForest, values: ArrayLike<number>): number {
  let sum = 0;
  for (const tree of forest.trees) {
    let node = 0;
    while (tree.feature[node] >= 0) {
      const value = values[tree.feature[node]];
      const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value < tree.threshold[node];
      node = goesLeft ? tree.left[node] : tree.right[node];
    }
    sum += tree.pathLength[node];
  }
  return 2 ** (-sum / forest.trees.length / unsuccessfulSearch(forest.rowsPerTree));
}

/**
 * c(n) = 2 H(n - 1) - 2 (n - 1) / n, with H the harmonic number: the mean depth of an unsuccessful search in a binary search tree of n
 * (equation 1 of the paper).
 */
export function unsuccessfulSearch(rows: number): number {
  let harmonic = 0;
  for (let i = 1; i < rows; i++) harmonic += 1 / i;
  return rows < 2 ? 0 : 2 * harmonic - (2 * (rows - 1)) / rows;
}

type Columns = readonly ArrayLike<number>[];

function growIsolationTree(columns: Columns, sample: readonly number[], random: Random): IsolationTree {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    missingLeft: [] as number[],
    left: [] as number[],
    right: [] as number[],
    pathLength: [] as number[],
  };
  const limit = Math.ceil(Math.log2(sample.length));
  const place = (rows: readonly number[], depth: number): number => {
    const node = tree.feature.length;
    for (const list of Object.values(tree)) list.push(0);
    const cut = depth < limit && rows.length > 1 ? drawCut(columns, rows, random) : null;
    if (cut === null) {
      tree.feature[node] = -1;
      tree.pathLength[node] = depth + unsuccessfulSearch(rows.length);
      return node;
    }
    const column = columns[cut.feature];
    const below = rows.filter((row) => column[row] < cut.threshold);
    const above = rows.filter((row) => column[row] >= cut.threshold);
    const missing = rows.filter((row) => Number.isNaN(column[row]));
    const missingLeft = below.length > above.length;
    tree.feature[node] = cut.feature;
    tree.threshold[node] = cut.threshold;
    tree.missingLeft[node] = missingLeft ? 1 : 0;
    tree.left[node] = place(missingLeft ? [...below, ...missing] : below, depth + 1);
    tree.right[node] = place(missingLeft ? above : [...above, ...missing], depth + 1);
    return node;
  };
  place(sample, 0);
  return tree;
}

/** A feature that differs among the rows, drawn with equal chance, and a cut drawn evenly between its extremes; null when none differs. */
function drawCut(
  columns: Columns,
  rows: readonly number[],
  random: Random,
): { feature: number; threshold: number } | null {
  const ranges = columns.map((column) => finiteRange(column, rows));
  const differing = ranges.flatMap(({ low, high }, feature) => (low < high ? [feature] : []));
  if (differing.length === 0) return null;
  const feature = differing[random.below(differing.length)];
  const { low, high } = ranges[feature];
  // Above the least value, so that both sides have a row.
  const threshold = low + (1 - random.uniform()) * (high - low);
  return { feature, threshold: threshold > low ? threshold : high };
}

/** Infinities are left out: no cut lies evenly between them. They stay on the outer sides. */
function finiteRange(column: ArrayLike<number>, rows: readonly number[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (!Number.isFinite(column[row])) continue;
    low = Math.min(low, column[row]);
    high = Math.max(high, column[row]);
  }
  return { low, high };
}

function drawRows(rows: number, wanted: number, random: Random): number[] {
  const chosen = new Set<number>();
  // Floyd's sampling (Bentley and Floyd 1987): as many draws as rows wanted.
  for (let last = rows - wanted; last < rows; last++) {
    const row = random.below(last + 1);
    chosen.add(chosen.has(row) ? last : row);
  }
  return [...chosen];
}
