/** The rotation that makes a Gram matrix diagonal: its eigenvectors, largest eigenvalue first. */

import { symmetricEigen } from "../core/symmetric-eigen.ts";

/** `vectors` holds the eigenvectors as columns, n x n by rows. */
export interface GramRotation {
  readonly vectors: Float64Array;
  readonly values: Float64Array;
}

/** Of a Gram matrix, of which the lower triangle is read. A Gram matrix has no negative eigenvalue: rounding below zero is cut off. */
export function rotationOf(gram: Float64Array): GramRotation {
  const n = Math.sqrt(gram.length);
  const { values, vectors } = symmetricEigen(gram, n);
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[i * n + j] = vectors[i * n + n - 1 - j];
  return { vectors: turned, values: values.map((value) => Math.max(0, value)).reverse() };
}
