/** Solves a small system with a symmetric positive definite matrix. */

/**
 * x with A x = b, by Cholesky's factorisation A = L L' (Golub and Van Loan, algorithm 4.2.1). `matrix` holds A row after row; its
 * lower half is overwritten by L. Null when A is not positive definite to working precision.
 */
export function solvePositiveDefinite(matrix: Float64Array, vector: Float64Array): Float64Array | null {
  const n = vector.length;
  for (let j = 0; j < n; j++) {
    const largest = matrix[j * n + j];
    let pivot = largest;
    for (let k = 0; k < j; k++) pivot -= matrix[j * n + k] ** 2;
    if (!(pivot > 1e-13 * largest)) return null;
    matrix[j * n + j] = Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = sum / matrix[j * n + j];
    }
  }
  const x = vector.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= matrix[i * n + k] * x[k];
    x[i] /= matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= matrix[k * n + i] * x[k];
    x[i] /= matrix[i * n + i];
  }
  return x;
}
