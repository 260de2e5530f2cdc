/** Maximum mean discrepancy: how far apart two clouds of vectors lie, and how far chance alone would put them. */

import type { Random } from "../../../core/random.ts";

export interface Discrepancy {
  /** Squared, unbiased; around 0 where nothing has moved, and then as often below it as above. */
  readonly value: number;
  /** The level that chance alone stays below 19 times in 20, by permutations of the two clouds. */
  readonly chance: number;
  /** Share of permutations that are at least as far apart, the observed one counted among them. */
  readonly pValue: number;
}

const PERMUTATIONS = 300;

/**
 * Gretton et al. 2012, with a Gaussian kernel as wide as the median distance of all pairs. Rows of `dimensions` numbers; both clouds need two
 * rows. Quadratic in their rows.
 */
export function maximumMeanDiscrepancy(
  reference: Float32Array,
  current: Float32Array,
  dimensions: number,
  random: Random,
): Discrepancy {
  const rows = [...cut(reference, dimensions), ...cut(current, dimensions)];
  const first = reference.length / dimensions;
  const total = rows.length;
  if (first < 2 || total - first < 2) return { value: Number.NaN, chance: Number.NaN, pValue: Number.NaN };
  const distances = new Float64Array(total * total);
  for (let a = 0; a < total; a++)
    for (let b = 0; b < a; b++) distances[a * total + b] = distances[b * total + a] = squared(rows[a], rows[b]);
  const kernel = kernelOf(distances, total);
  const sides = Uint8Array.from({ length: total }, (_, row) => (row < first ? 0 : 1));
  const value = discrepancyOf(kernel, sides, total);
  const shuffled = Float64Array.from({ length: PERMUTATIONS }, () =>
    discrepancyOf(kernel, random.shuffle(sides.slice()), total),
  ).sort();
  const farther = shuffled.reduce((count, one) => count + (one >= value ? 1 : 0), 0);
  return { value, chance: shuffled[Math.ceil(0.95 * PERMUTATIONS) - 1], pValue: (farther + 1) / (PERMUTATIONS + 1) };
}

function kernelOf(distances: Float64Array, total: number): Float64Array {
  const pairs = new Float64Array((total * (total - 1)) / 2);
  let at = 0;
  for (let a = 0; a < total; a++) for (let b = 0; b < a; b++) pairs[at++] = distances[a * total + b];
  const median = pairs.sort()[pairs.length >> 1] || 1;
  return distances.map((distance) => Math.exp(-distance / median));
}

function discrepancyOf(kernel: Float64Array, sides: Uint8Array, total: number): number {
  const sums = [0, 0, 0];
  for (let a = 0; a < total; a++) for (let b = 0; b < a; b++) sums[sides[a] + sides[b]] += kernel[a * total + b];
  const second = sides.reduce((count, side) => count + side, 0);
  const first = total - second;
  return (
    (2 * sums[0]) / (first * (first - 1)) + (2 * sums[2]) / (second * (second - 1)) - (2 * sums[1]) / (first * second)
  );
}

function cut(vectors: Float32Array, dimensions: number): Float32Array[] {
  return Array.from({ length: vectors.length / dimensions }, (_, row) =>
    vectors.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

function squared(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return sum;
}
