/** Maximum mean discrepancy: how far apart two clouds of vectors lie, and how far chance alone would put them, unit by unit. */

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

/** Rows of `dimensions` numbers, and the unit of each, where rows of one unit are alike; absent where rows stand alone. */
export interface Cloud {
  readonly vectors: Float32Array;
  readonly units?: ArrayLike<number>;
}

/**
 * Gretton et al. 2012, with a Gaussian kernel as wide as the median distance of all pairs. Both clouds need two units. Pairs of one unit are
 * left out, which would raise the value where nothing has moved, and a permutation moves whole units. A unit of both clouds counts as two,
 * which errs on the side of silence. Quadratic in the rows.
 */
export function maximumMeanDiscrepancy(
  reference: Cloud,
  current: Cloud,
  dimensions: number,
  random: Random,
): Discrepancy {
  const rows = [...cut(reference.vectors, dimensions), ...cut(current.vectors, dimensions)];
  const first = reference.vectors.length / dimensions;
  const total = rows.length;
  const unit = (row: number): number => {
    const { units } = row < first ? reference : current;
    return units?.[row < first ? row : row - first] ?? -1 - row;
  };
  // Blocks are what a permutation moves: a unit's rows of one cloud.
  const blocks = new Map<string, number>();
  const blockOf = Int32Array.from(rows, (_, row) => {
    const name = `${row < first ? 0 : 1} ${unit(row)}`;
    const known = blocks.get(name) ?? blocks.size;
    blocks.set(name, known);
    return known;
  });
  const sides = Uint8Array.from(blocks.keys(), (name) => Number(name[0]));
  const seconds = sides.reduce((sum, side) => sum + side, 0);
  if (seconds < 2 || sides.length - seconds < 2) return { value: Number.NaN, chance: Number.NaN, pValue: Number.NaN };
  const distances = new Float64Array(total * total);
  for (let a = 0; a < total; a++)
    for (let b = 0; b < a; b++) distances[a * total + b] = distances[b * total + a] = squared(rows[a], rows[b]);
  const units = Int32Array.from(rows, (_, row) => unit(row));
  const sums = sumsOfBlocks(kernelOf(distances, total), units, blockOf, sides.length);
  const value = discrepancyOf(sums, sides);
  const shuffled = Float64Array.from({ length: PERMUTATIONS }, () =>
    discrepancyOf(sums, random.shuffle(sides.slice())),
  ).sort();
  const farther = shuffled.reduce((count, one) => count + (one >= value ? 1 : 0), 0);
  return { value, chance: shuffled[Math.ceil(0.95 * PERMUTATIONS) - 1], pValue: (farther + 1) / (PERMUTATIONS + 1) };
}

/** Of each pair of blocks: the kernel summed over their pairs of rows of different units, and how many these are. */
interface BlockSums {
  readonly kernel: Float64Array;
  readonly pairs: Float64Array;
}

function sumsOfBlocks(kernel: Float64Array, units: Int32Array, blockOf: Int32Array, blocks: number): BlockSums {
  const sums = { kernel: new Float64Array(blocks * blocks), pairs: new Float64Array(blocks * blocks) };
  const total = units.length;
  for (let a = 0; a < total; a++)
    for (let b = 0; b < a; b++) {
      if (units[a] === units[b]) continue;
      const at = Math.max(blockOf[a], blockOf[b]) * blocks + Math.min(blockOf[a], blockOf[b]);
      sums.kernel[at] += kernel[a * total + b];
      sums.pairs[at]++;
    }
  return sums;
}

function kernelOf(distances: Float64Array, total: number): Float64Array {
  const pairs = new Float64Array((total * (total - 1)) / 2);
  let at = 0;
  for (let a = 0; a < total; a++) for (let b = 0; b < a; b++) pairs[at++] = distances[a * total + b];
  const median = pairs.sort()[pairs.length >> 1] || 1;
  return distances.map((distance) => Math.exp(-distance / median));
}

function discrepancyOf({ kernel, pairs }: BlockSums, sides: Uint8Array): number {
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  const blocks = sides.length;
  for (let a = 0; a < blocks; a++)
    for (let b = 0; b < a; b++) {
      sums[sides[a] + sides[b]] += kernel[a * blocks + b];
      counts[sides[a] + sides[b]] += pairs[a * blocks + b];
    }
  return sums[0] / counts[0] + sums[2] / counts[2] - (2 * sums[1]) / counts[1];
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
