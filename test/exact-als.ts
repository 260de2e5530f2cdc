/** Alternating least squares solved exactly in double precision, and its loss place by place: the oracle of the kernel. */

import type { Random } from "../src/core/random.ts";
import { type SparseMatrix, sparseRow, transpose } from "../src/core/sparse-matrix.ts";
import type { AlsProblem } from "../src/kernels/als.scalar.ts";
import { startFactors } from "../src/kernels/als.ts";

/** The loss as the paper writes it: every place of the matrix, one by one. */
export function lossOf(
  { confidences, unobserved, ...problem }: AlsProblem,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number {
  const n = problem.factors;
  let loss = 0;
  for (let row = 0; row < confidences.rows; row++) {
    const { indices, values } = sparseRow(confidences, row);
    let entry = 0;
    for (let column = 0; column < confidences.columns; column++) {
      let product = 0;
      for (let d = 0; d < n; d++) product += x[row * n + d] * y[column * n + d];
      if (indices[entry] === column) loss += values[entry++] * (1 - product) ** 2;
      else loss += unobserved * product ** 2;
    }
  }
  for (let at = 0; at < x.length; at++) loss += problem.rowRegularization[Math.floor(at / n)] * x[at] ** 2;
  for (let at = 0; at < y.length; at++) loss += problem.columnRegularization[Math.floor(at / n)] * y[at] ** 2;
  return loss;
}

/** Alternating least squares from the same start, with every row solved exactly by Cholesky in double precision. */
export function exactLoss(problem: AlsProblem, random: Random): number {
  const { confidences, factors: n } = problem;
  const y = Float64Array.from(startFactors(confidences.columns, n, random));
  const x = new Float64Array(confidences.rows * n);
  const turned = transpose(confidences);
  for (let iteration = 0; iteration < problem.iterations; iteration++) {
    solveExactly(confidences, problem.unobserved, problem.rowRegularization, x, y, n);
    solveExactly(turned, problem.unobserved, problem.columnRegularization, y, x, n);
  }
  return lossOf(problem, x, y);
}

function solveExactly(
  matrix: SparseMatrix,
  unobserved: number,
  regularization: Float32Array,
  x: Float64Array,
  y: Float64Array,
  n: number,
): void {
  const gram = new Float64Array(n * n);
  for (let at = 0; at < y.length; at += n) addOuter(gram, y, at, unobserved, n);
  for (let row = 0; row < matrix.rows; row++) {
    const { indices, values } = sparseRow(matrix, row);
    const a = gram.slice();
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) a[i * n + i] += regularization[row];
    indices.forEach((column, entry) => {
      addOuter(a, y, column * n, values[entry] - unobserved, n);
      for (let i = 0; i < n; i++) b[i] += values[entry] * y[column * n + i];
    });
    x.set(choleskySolve(a, b, n), row * n);
  }
}

function addOuter(a: Float64Array, y: Float64Array, at: number, weight: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const scaled = weight * y[at + i];
    for (let j = 0; j <= i; j++) a[i * n + j] += scaled * y[at + j];
  }
}

function choleskySolve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}
