/** The scalar twin of the inverse: sweeping one pivot after the other, in double precision. */

/** Inverts the n x n matrix, of which the upper triangle is read. Throws when it is not positive definite. */
export function invertScalar(matrix: Float32Array, n: number): Float32Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j] = i <= j ? matrix[i * n + j] : matrix[j * n + i];
  for (let k = 0; k < n; k++) {
    const pivot = a[k * n + k];
    if (!(pivot > 0)) throw new Error("the matrix is not positive definite; a larger regularization makes it so");
    for (let j = 0; j < n; j++) a[k * n + j] /= pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = a[i * n + k];
      for (let j = 0; j < n; j++) if (j !== k) a[i * n + j] -= factor * a[k * n + j];
      a[i * n + k] = -factor / pivot;
    }
    a[k * n + k] = 1 / pivot;
  }
  return Float32Array.from(a);
}
