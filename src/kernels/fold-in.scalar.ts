/** The scalar twin of folding in, and a row of scalar least squares: conjugate gradients in double precision, its sums in the kernel's order. */

/**
 * Solves (diag(diagonal) + sum (c - unobserved) y y') x = sum c y over the entries (indices into the rows of Y, confidences c)
 * by conjugate gradients with the diagonal as preconditioner, in place from what `x` holds (Golub and Van Loan, algorithm 11.5.1).
 */
export function solveRow(
  indices: Int32Array,
  confidences: Float32Array,
  Y: Float64Array | Float32Array,
  diagonal: Float64Array,
  unobserved: number,
  steps: number,
  x: Float64Array,
): void {
  const n = x.length;
  if (indices.length === 0) {
    x.fill(0);
    return;
  }
  // Side by side in double precision: ten steps go through them, and four sums at once do not wait for each other.
  const rows = new Float64Array(indices.length * n);
  for (let entry = 0; entry < indices.length; entry++) {
    for (let d = 0, at = indices[entry] * n; d < n; d++, at++) rows[entry * n + d] = Y[at];
  }
  const addEntries = (v: Float64Array, out: Float64Array, rightSide: boolean) => {
    for (let entry = 0; entry < indices.length; entry++) {
      const at = entry * n;
      const c = confidences[entry];
      let [product, second, third, fourth] = [0, 0, 0, 0];
      let d = 0;
      for (; d + 4 <= n; d += 4) {
        product += rows[at + d] * v[d];
        second += rows[at + d + 1] * v[d + 1];
        third += rows[at + d + 2] * v[d + 2];
        fourth += rows[at + d + 3] * v[d + 3];
      }
      if (d < n) product += rows[at + d] * v[d];
      if (d + 1 < n) second += rows[at + d + 1] * v[d + 1];
      if (d + 2 < n) third += rows[at + d + 2] * v[d + 2];
      product += second + (third + fourth);
      const weight = rightSide ? c - (c - unobserved) * product : (c - unobserved) * product;
      for (d = 0; d < n; d++) out[d] += weight * rows[at + d];
    }
  };
  const residual = x.map((value, d) => -diagonal[d] * value);
  addEntries(x, residual, true);
  const direction = residual.map((value, d) => value / diagonal[d]);
  let energy = inner(residual, direction);
  for (let step = 0; step < steps && energy > 1e-20; step++) {
    const product = direction.map((value, d) => diagonal[d] * value);
    addEntries(direction, product, false);
    const length = energy / inner(direction, product);
    let remaining = 0;
    for (let d = 0; d < n; d++) {
      x[d] += length * direction[d];
      residual[d] -= length * product[d];
      remaining += (residual[d] * residual[d]) / diagonal[d];
    }
    for (let d = 0; d < n; d++) direction[d] = residual[d] / diagonal[d] + (remaining / energy) * direction[d];
    energy = remaining;
  }
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
