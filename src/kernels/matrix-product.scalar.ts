/** The scalar twin of the matrix product: each element's sum in float32, term after term. */

import type { MatrixProduct } from "./matrix-product.ts";

export function multiplyScalar({
  a,
  b,
  c,
  rows,
  inner,
  columns,
  transposed = false,
  add = false,
}: MatrixProduct): void {
  const round = Math.fround;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let p = 0; p < inner; p++) {
        const left = transposed ? a[p * rows + i] : a[i * inner + p];
        sum = round(sum + round(left * b[p * columns + j]));
      }
      c[i * columns + j] = add ? c[i * columns + j] + sum : sum;
    }
  }
}
