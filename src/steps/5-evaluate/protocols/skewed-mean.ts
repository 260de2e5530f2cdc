/** The interval of a mean by Student's law corrected for skewness: among few units with a long tail neither Student's nor the percentile one covers. */

import { studentT } from "../../../core/distribution-t.ts";

/** Two-sided; `pValue` is that of a true mean of 0. */
export interface SkewedMean {
  readonly interval: readonly [number, number];
  readonly pValue: number;
}

/**
 * Willink (2005), A confidence interval and test for the mean of an asymmetric distribution, after Johnson (1978): of the studentized mean w,
 * ((1 + 2 a w)^3 - 1) / (6 a) + a follows Student's law, with a = skewness / (6 sqrt(n)). `pulls` are the units' values less their mean,
 * `mean` the estimate. Undefined where the values do not differ, and below three.
 */
export function skewedMean(pulls: ArrayLike<number>, mean: number, level: number): SkewedMean | undefined {
  const n = pulls.length;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += pulls[i] ** 2;
  if (n < 3 || !(squares > 0)) return undefined;
  const error = Math.sqrt(squares / (n - 1) / n);
  const skewness = skewnessOf(pulls);
  const a = skewness / (6 * Math.sqrt(n));
  const isStraight = Math.abs(a) < 1e-8;
  const fromStudent = (r: number): number => (isStraight ? r : (Math.cbrt(1 + 6 * a * (r - a)) - 1) / (2 * a));
  const toStudent = (w: number): number => (isStraight ? w : ((1 + 2 * a * w) ** 3 - 1) / (6 * a) + a);
  const law = studentT(n - 1);
  const reach = law.upperQuantile((1 - level) / 2);
  return {
    interval: [mean - error * fromStudent(reach), mean - error * fromStudent(-reach)],
    pValue: Math.min(1, 2 * law.survival(Math.abs(toStudent(mean / error)))),
  };
}

/** Fisher's G1 of values whose mean is 0, less biased among few than the plain third moment. */
export function skewnessOf(pulls: ArrayLike<number>): number {
  const n = pulls.length;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += pulls[i] ** 2;
    cubes += pulls[i] ** 3;
  }
  return n < 3 || !(squares > 0) ? 0 : (cubes / n / (squares / n) ** 1.5) * (Math.sqrt(n * (n - 1)) / (n - 2));
}
