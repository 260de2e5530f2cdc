/** The scalar twin of the matrix product: each element's sum in float32, term after term. */

/** C = A B, all row after row. The arrays are those of one `MatrixSpace`, and C is neither A nor B. */
export interface MatrixProduct {
  /** Rows x inner; inner x rows where `transposed`. */
  readonly a: Float32Array;
  /** Inner x columns. */
  readonly b: Float32Array;
  /** Rows x columns. */
  readonly c: Float32Array;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** The product takes A's transpose. Default false. */
  readonly transposed?: boolean;
  /** The product is added to C. Default false: it replaces C. */
  readonly add?: boolean;
}

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
