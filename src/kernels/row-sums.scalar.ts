/** The scalar twin of weighted sums of rows: one row after the other. */

/** `columns` numbers a row, one row after the other. */
export interface RowMatrix {
  readonly values: Float32Array;
  readonly columns: number;
}

/** Sets column j of `out` to the sum of weight i times column j of row `rows[i]`, added up in the order of the rows in double precision. */
export function sumRowsScalar(
  { values, columns }: RowMatrix,
  rows: ArrayLike<number>,
  weights: ArrayLike<number>,
  out: Float32Array,
): void {
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows.length; i++) {
    const weight = weights[i];
    for (let column = 0, at = rows[i] * columns; column < columns; column++, at++) sums[column] += values[at] * weight;
  }
  out.set(sums);
}

/** The inner product of the vector with each row. */
export function innerProductsScalar({ values, columns }: RowMatrix, vector: ArrayLike<number>): Float32Array {
  const products = new Float32Array(values.length / columns);
  for (let row = 0, at = 0; row < products.length; row++) {
    let sum = 0;
    for (let d = 0; d < columns; d++, at++) sum += values[at] * vector[d];
    products[row] = sum;
  }
  return products;
}
