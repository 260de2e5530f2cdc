/** A sparse matrix by rows (CSR): who interacted with what, and how strongly. */

/** Row r holds the entries from `indptr[r]` up to `indptr[r + 1]`, with columns ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** One row's entries: columns ascending, with their values. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Entries in any order; values of the same place are added up. Throws on an index outside the matrix. */
export function sparseFromEntries(
  rows: number,
  columns: number,
  row: ArrayLike<number>,
  column: ArrayLike<number>,
  value: ArrayLike<number>,
): SparseMatrix {
  const count = row.length;
  for (let i = 0; i < count; i++) {
    if (!(row[i] >= 0 && row[i] < rows && column[i] >= 0 && column[i] < columns)) {
      throw new RangeError(`entry ${i} is at (${row[i]}, ${column[i]}), outside ${rows} x ${columns}`);
    }
  }
  // Sorting by column and then stably by row leaves each row's columns ascending: two counting sorts.
  const byColumn = countingOrder(column, columns, identity(count));
  const order = countingOrder(row, rows, byColumn);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(count);
  const values = new Float32Array(count);
  let end = 0;
  let at = 0;
  for (let r = 0; r < rows; r++) {
    const start = end;
    for (; at < count && row[order[at]] === r; at++) {
      const entry = order[at];
      if (end > start && indices[end - 1] === column[entry]) values[end - 1] += value[entry];
      else {
        indices[end] = column[entry];
        values[end++] = value[entry];
      }
    }
    indptr[r + 1] = end;
  }
  return { rows, columns, indptr, indices: indices.slice(0, end), values: values.slice(0, end) };
}

/** Where each column's entries would begin, were rows and columns exchanged. */
export function columnStarts({ columns, indices }: Pick<SparseMatrix, "columns" | "indices">): Int32Array {
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]++;
  for (let c = 0; c < columns; c++) starts[c + 1] += starts[c];
  return starts;
}

/** Rows and columns exchanged. */
export function transpose({ rows, columns, indptr, indices, values }: SparseMatrix): SparseMatrix {
  const starts = columnStarts({ columns, indices });
  const next = starts.slice();
  const turned = new Int32Array(indices.length);
  const moved = new Float32Array(indices.length);
  for (let r = 0; r < rows; r++) {
    for (let at = indptr[r]; at < indptr[r + 1]; at++) {
      const place = next[indices[at]]++;
      turned[place] = r;
      moved[place] = values[at];
    }
  }
  return { rows: columns, columns: rows, indptr: starts, indices: turned, values: moved };
}

/** The entries of one row: views, not copies. */
export function sparseRow(matrix: SparseMatrix, row: number): SparseRow {
  const from = matrix.indptr[row];
  const to = matrix.indptr[row + 1];
  return { indices: matrix.indices.subarray(from, to), values: matrix.values.subarray(from, to) };
}

function identity(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** The entries of `order`, stably sorted by their key in [0, keys). */
function countingOrder(key: ArrayLike<number>, keys: number, order: Int32Array): Int32Array {
  const next = new Int32Array(keys + 1);
  for (let i = 0; i < order.length; i++) next[key[order[i]] + 1]++;
  for (let k = 0; k < keys; k++) next[k + 1] += next[k];
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[key[order[i]]]++] = order[i];
  return sorted;
}
