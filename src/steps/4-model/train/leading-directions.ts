/** The leading directions of a sparse matrix's columns: right singular vectors of the largest singular values. */

import type { Random } from "../../../core/random.ts";
import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { symmetricEigen } from "../../../core/symmetric-eigen.ts";

/** Turns of the iteration; with the extra directions below they leave an error in the last wanted value of about a percent. */
const TURNS = 6;
const EXTRA = 16;

/**
 * The `count` leading right singular vectors of A as columns x found, row by row, orthonormal, largest first: subspace iteration on
 * A'A from a random start, then Rayleigh and Ritz (Halko, Martinsson and Tropp 2011, "Finding structure with randomness",
 * algorithms 4.4 and 5.1). Fewer are found where A has a smaller rank.
 */
export function leadingDirections(
  matrix: SparseMatrix,
  count: number,
  random: Random,
): { readonly vectors: Float32Array; readonly found: number } {
  const { rows, columns } = matrix;
  const width = Math.min(count + EXTRA, rows, columns);
  if (width === 0 || matrix.indices.length === 0) return { vectors: new Float32Array(0), found: 0 };
  let basis: Basis = { values: Float32Array.from({ length: columns * width }, () => random.normal()), width };
  for (let turn = 0; turn < TURNS; turn++) basis = orthonormal(applyGram(matrix, basis), columns);
  basis = orthonormal(basis, columns);
  const small = innerProducts(times(matrix, basis), rows, basis.width);
  const { values, vectors } = symmetricEigen(small, basis.width);
  const largest = values[basis.width - 1] ?? 0;
  const kept = Array.from({ length: basis.width }, (_, at) => basis.width - 1 - at)
    .filter((at) => values[at] > 1e-9 * largest)
    .slice(0, count);
  return { vectors: rotate(basis, columns, vectors, kept), found: kept.length };
}

/** Some rows of `width` numbers each. */
interface Basis {
  readonly values: Float32Array;
  readonly width: number;
}

function applyGram(matrix: SparseMatrix, basis: Basis): Basis {
  const { rows, columns, indptr, indices, values } = matrix;
  const { width } = basis;
  const sums = new Float32Array(columns * width);
  const row = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    row.fill(0);
    addRow(matrix, r, basis, row);
    for (let at = indptr[r]; at < indptr[r + 1]; at++) {
      const to = indices[at] * width;
      for (let d = 0; d < width; d++) sums[to + d] += values[at] * row[d];
    }
  }
  return { values: sums, width };
}

/** A times the basis: rows x width. */
function times(matrix: SparseMatrix, basis: Basis): Float32Array {
  const product = new Float32Array(matrix.rows * basis.width);
  const row = new Float64Array(basis.width);
  for (let r = 0; r < matrix.rows; r++) {
    row.fill(0);
    addRow(matrix, r, basis, row);
    product.set(row, r * basis.width);
  }
  return product;
}

function addRow({ indptr, indices, values }: SparseMatrix, r: number, basis: Basis, row: Float64Array): void {
  for (let at = indptr[r]; at < indptr[r + 1]; at++) {
    const from = indices[at] * basis.width;
    for (let d = 0; d < basis.width; d++) row[d] += values[at] * basis.values[from + d];
  }
}

/** The same space with orthonormal columns: B V / sqrt(eigenvalue) of the eigenvectors of B'B; what is dependent falls away. */
function orthonormal(basis: Basis, rows: number): Basis {
  const { width } = basis;
  const { values, vectors } = symmetricEigen(innerProducts(basis.values, rows, width), width);
  const largest = values[width - 1];
  const kept = Array.from({ length: width }, (_, at) => width - 1 - at).filter((at) => values[at] > 1e-10 * largest);
  const turned = rotate(basis, rows, vectors, kept);
  const scale = kept.map((at) => 1 / Math.sqrt(values[at]));
  for (let at = 0; at < turned.length; at++) turned[at] *= scale[at % kept.length];
  return { values: turned, width: kept.length };
}

function innerProducts(values: Float32Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width * width);
  for (let r = 0; r < rows; r++) {
    const row = values.subarray(r * width, (r + 1) * width);
    for (let a = 0; a < width; a++) {
      const left = row[a];
      if (left === 0) continue;
      for (let b = 0; b <= a; b++) sums[a * width + b] += left * row[b];
    }
  }
  return sums;
}

/** The basis times the chosen columns of a width x width matrix. */
function rotate({ values, width }: Basis, rows: number, vectors: Float64Array, kept: readonly number[]): Float32Array {
  const turned = new Float32Array(rows * kept.length);
  const sum = new Float64Array(kept.length);
  const chosen = Float64Array.from({ length: width * kept.length }, (_, at) => {
    return vectors[Math.floor(at / kept.length) * width + kept[at % kept.length]];
  });
  for (let r = 0; r < rows; r++) {
    sum.fill(0);
    for (let a = 0; a < width; a++) {
      const value = values[r * width + a];
      for (let d = 0; d < kept.length; d++) sum[d] += value * chosen[a * kept.length + d];
    }
    turned.set(sum, r * kept.length);
  }
  return turned;
}
