/** The scalar twin of alternating least squares, in double precision: the same turns, rotations and conjugate gradients. */

import type { Random } from "../core/random.ts";
import { type SparseMatrix, sparseRow, transpose } from "../core/sparse-matrix.ts";
import type { KernelPath } from "./feature-probe.ts";
import { solveRow } from "./fold-in.scalar.ts";
import { rotationOf } from "./gram-rotation.ts";
import type { KernelPool } from "./pool.ts";

/**
 * Hu, Koren and Volinsky (2008), "Collaborative filtering for implicit feedback datasets": minimize
 *   sum over entries of c (1 - x.y)^2 + unobserved * sum over all other places of (x.y)^2
 *   + sum of rowRegularization |x|^2 + sum of columnRegularization |y|^2.
 */
export interface AlsProblem extends AlsSettings {
  /** Rows x columns; a value is the confidence c of an entry, at least `unobserved`. */
  readonly confidences: SparseMatrix;
  /**
   * Bytes that the kernel's memory may take, at most the 4 GiB that it reaches. Where entries and factors are more, the entries pass through it
   * by blocks, with the same factors.
   */
  readonly budget?: number;
}

/** All of a problem but its entries. */
export interface AlsSettings {
  readonly factors: number;
  readonly iterations: number;
  /** The confidence of every place without an entry: 1 in the paper. */
  readonly unobserved: number;
  /** One weight per row, 0 or above; see `scaledRegularization`. */
  readonly rowRegularization: Float32Array;
  /** One weight per column, 0 or above. */
  readonly columnRegularization: Float32Array;
  /** Conjugate-gradient steps in a half iteration. Default 2: with this preconditioner the loss is the exact solution's to five digits. */
  readonly steps?: number;
  readonly random: Random;
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
}

/**
 * The factors, row by row. The basis is chosen so that the columns' Gram matrix is diagonal, largest first: what folding in
 * a new row needs.
 */
export interface AlsFactors {
  readonly factors: number;
  readonly rows: Float32Array;
  readonly columns: Float32Array;
  readonly path: KernelPath;
}

/** Minimizes the problem's loss starting from the given column factors. */
export function alsScalar(problem: AlsProblem & { readonly steps: number }, start: Float32Array): AlsFactors {
  const { confidences, factors, rowRegularization, columnRegularization } = problem;
  const turned = transpose(confidences);
  let rows: Float64Array = new Float64Array(confidences.rows * factors);
  let columns: Float64Array = Float64Array.from(start);
  const half = (
    matrix: SparseMatrix,
    regularization: Float32Array,
    x: Float64Array,
    y: Float64Array,
    values: Float64Array,
  ) => {
    for (let row = 0; row < matrix.rows; row++) {
      const { indices, values: weights } = sparseRow(matrix, row);
      const own = x.subarray(row * factors, (row + 1) * factors);
      const diagonal = values.map((value) => problem.unobserved * value + regularization[row]);
      solveRow(indices, weights, y, diagonal, problem.unobserved, problem.steps, own);
    }
  };
  for (let iteration = 0; iteration < problem.iterations; iteration++) {
    let rotation = rotationOf(gramOf(columns, factors), isUnregularized(problem));
    rows = rotate(rows, rotation.vectors, factors);
    columns = rotate(columns, rotation.vectors, factors);
    half(confidences, rowRegularization, rows, columns, rotation.values);
    rotation = rotationOf(gramOf(rows, factors), isUnregularized(problem));
    rows = rotate(rows, rotation.vectors, factors);
    columns = rotate(columns, rotation.vectors, factors);
    half(turned, columnRegularization, columns, rows, rotation.values);
  }
  const { vectors } = rotationOf(gramOf(columns, factors));
  return {
    factors,
    rows: Float32Array.from(rotate(rows, vectors, factors)),
    columns: Float32Array.from(rotate(columns, vectors, factors)),
    path: "scalar",
  };
}

/** Whether a row is held by nothing but its data: the Gram matrix then needs a floor, or a factor that it does not know divides by 0. */
export function isUnregularized({
  rowRegularization,
  columnRegularization,
}: Pick<AlsSettings, "rowRegularization" | "columnRegularization">): boolean {
  return [rowRegularization, columnRegularization].some((weights) => weights.some((weight) => !(weight > 0)));
}

/** The lower triangle of the Gram matrix of rows of `n` numbers. */
function gramOf(rows: Float64Array, n: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let at = 0; at < rows.length; at += n) {
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) gram[i * n + j] += rows[at + i] * rows[at + j];
  }
  return gram;
}

function rotate(rows: Float64Array, matrix: Float64Array, n: number): Float64Array {
  const rotated = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += n) {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rotated[at + j] += rows[at + i] * matrix[i * n + j];
  }
  return rotated;
}
