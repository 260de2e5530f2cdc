/** Mean and variance of a sample: what tests and intervals are computed from. */

/** Count, mean and sample variance (divided by n - 1; NaN below two values). */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments of the values in two passes, the second corrected for the rounding of the mean (Chan, Golub, LeVeque 1983). */
export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  let residue = 0;
  for (let i = 0; i < n; i++) {
    const gap = values[i] - mean;
    squares += gap * gap;
    residue += gap;
  }
  return { n, mean, variance: n > 1 ? (squares - (residue * residue) / n) / (n - 1) : Number.NaN };
}

/** Sample covariance (divided by n - 1) of two columns of one length. */
export function covarianceOf(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const meanX = momentsOf(x).mean;
  const meanY = momentsOf(y).mean;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (x[i] - meanX) * (y[i] - meanY);
  return n > 1 ? sum / (n - 1) : Number.NaN;
}
