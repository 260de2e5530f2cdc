/** Weighted sums of rows of a matrix: how a linear model scores every item for one history, or for one vector. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { rowSumsKernel } from "./generated/row-sums.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { innerProductsScalar, type RowMatrix, sumRowsScalar } from "./row-sums.scalar.ts";
import { openWorkspace } from "./workspace.ts";

export interface RowSums {
  readonly path: KernelPath;
  /**
   * A fresh row: the sum of `weights[i]` times row `rows[i]`, in double precision in the order of the rows. `isLent`: it may be one that the next
   * sum writes anew, for whoever is done with it by then.
   */
  sum(rows: ArrayLike<number>, weights: ArrayLike<number>, isLent?: boolean): Float32Array;
}

/** Columns that the kernel takes at a time. */
const BLOCK = 4;
/** A larger matrix would be held twice for long: it is added up in place. */
const MOST_BYTES = 2 ** 28;

/** Copies the matrix into the kernel's own memory where it is not too large. Both paths give the same bits. */
export function createRowSums(matrix: RowMatrix, path: KernelPath = probeKernelPath()): RowSums {
  const { values, columns } = matrix;
  const count = columns === 0 ? 0 : values.length / columns;
  if (!Number.isInteger(count)) throw new RangeError(`${values.length} numbers are no whole rows of ${columns}`);
  const check = (rows: ArrayLike<number>): void => {
    for (let i = 0; i < rows.length; i++)
      if (!(rows[i] >= 0 && rows[i] < count)) throw new RangeError(`there is no row ${rows[i]} among ${count}`);
  };
  if (path === "scalar" || values.byteLength > MOST_BYTES || count === 0)
    return {
      path: "scalar",
      sum(rows, weights) {
        check(rows);
        const out = new Float32Array(columns);
        sumRowsScalar(matrix, rows, weights, out);
        return out;
      },
    };
  const width = Math.ceil(columns / BLOCK) * BLOCK;
  const layout = createLayout();
  const places = {
    matrix: layout.float32(count * width),
    rows: layout.int32(count),
    weights: layout.float64(count),
    sums: layout.float64(width),
    out: layout.float32(width),
  };
  const workspace = openWorkspace(rowSumsKernel, layout);
  const kept = workspace.float32(places.matrix);
  for (let row = 0; row < count; row++) kept.set(values.subarray(row * columns, (row + 1) * columns), row * width);
  const rowList = workspace.int32(places.rows);
  const weightList = workspace.float64(places.weights);
  const out = workspace.float32({ at: places.out.at, length: columns });
  const sumRows = workspace.function("sumRows");
  const [matrixAt, rowsAt, weightsAt] = [places.matrix.at, places.rows.at, places.weights.at];
  const [sumsAt, outAt] = [places.sums.at, places.out.at];
  return {
    path,
    sum(rows, weights, isLent = false) {
      if (rows.length > count) throw new RangeError(`${rows.length} rows of ${count}: each can be taken once`);
      check(rows);
      for (let i = 0; i < rows.length; i++) {
        rowList[i] = rows[i];
        weightList[i] = weights[i];
      }
      sumRows(matrixAt, width * 4, rowsAt, weightsAt, rows.length, sumsAt, outAt);
      return isLent ? out : out.slice();
    },
  };
}

/**
 * The inner product of a vector with every row, in double precision in the order of the dimensions. Where there are too many rows to hold
 * them a second time, they are gone through as they lie: the same bits, more slowly.
 */
export function createInnerProducts(
  rows: RowMatrix,
  path?: KernelPath,
): (vector: ArrayLike<number>, isLent?: boolean) => Float32Array {
  if (rows.values.byteLength > MOST_BYTES) return (vector) => innerProductsScalar(rows, vector);
  const sums = createRowSums(turned(rows), path);
  const dimensions = Int32Array.from({ length: rows.columns }, (_, d) => d);
  return (vector, isLent) => sums.sum(dimensions, vector, isLent);
}

/** Rows and columns exchanged. */
function turned({ values, columns }: RowMatrix): RowMatrix {
  const rows = columns === 0 ? 0 : values.length / columns;
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column];
  return { values: result, columns: rows };
}
