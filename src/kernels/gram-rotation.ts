/** The rotation that makes a Gram matrix diagonal: its eigenvectors, largest eigenvalue first. */

import { symmetricEigen } from "../core/symmetric-eigen.ts";

/** `vectors` holds the eigenvectors as columns, n x n by rows. */
export interface GramRotation {
  readonly vectors: Float64Array;
  readonly values: Float64Array;
}

/**
 * Of a Gram matrix, of which the lower triangle is read. A Gram matrix has no negative eigenvalue: rounding below zero is cut off, and with
 * `isUnregularized` what is below a float's rounding of the largest: where nothing is added to them, systems are divided by eigenvalues.
 */
export function rotationOf(gram: Float64Array, isUnregularized = false): GramRotation {
  const n = Math.sqrt(gram.length);
  const { values, vectors } = symmetricEigen(gram, n);
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[i * n + j] = vectors[i * n + n - 1 - j];
  const least = isUnregularized ? Math.max(1e-7 * values[n - 1], 1e-30) : 0;
  return { vectors: turned, values: values.map((value) => Math.max(least, value)).reverse() };
}
