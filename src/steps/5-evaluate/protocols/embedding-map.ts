/** A map of vectors: their two directions of greatest variance, coloured by class. */

import type { Chart } from "../../../core/chart.ts";
import { formatShare } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";

/** More points hide each other and make the page heavy. */
const MOST_POINTS = 250;
/** A page tells six colours apart. */
const MOST_CLASSES = 5;

/** Principal components of the vectors of these rows. Classes beyond the five largest are drawn as one. */
export function embeddingMap(
  { vectors, dimensions }: { readonly vectors: Float32Array; readonly dimensions: number },
  rows: Int32Array,
  label: ArrayLike<number>,
  classes: readonly string[],
  random: Random,
): Chart {
  const mean = new Float64Array(dimensions);
  for (const row of rows) for (let d = 0; d < dimensions; d++) mean[d] += vectors[row * dimensions + d] / rows.length;
  const covariance = new Float64Array(dimensions * dimensions);
  for (const row of rows)
    for (let i = 0; i < dimensions; i++) {
      const left = vectors[row * dimensions + i] - mean[i];
      for (let j = 0; j < dimensions; j++)
        covariance[i * dimensions + j] += (left * (vectors[row * dimensions + j] - mean[j])) / rows.length;
    }
  const { axes, shares } = mainAxes(covariance, dimensions, random.fork("axes"));
  const shown = rows.length <= MOST_POINTS ? rows : random.shuffle(rows.slice()).slice(0, MOST_POINTS);
  const place = (row: number, axis: Float64Array): number => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += axis[d] * (vectors[row * dimensions + d] - mean[d]);
    return Math.round(sum * 1000) / 1000;
  };
  const sizes = classes.map((_, one) => rows.reduce((sum, row) => sum + (label[row] === one ? 1 : 0), 0));
  const large = new Set([...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]).slice(0, MOST_CLASSES));
  const points = Array.from(shown, (row) => ({
    x: place(row, axes[0]),
    y: place(row, axes[1]),
    series: large.has(label[row]) ? classes[label[row]] : "other classes",
  }));
  return {
    form: "points",
    title: "Map of the embedding",
    caption: `Test photos along the two directions in which their vectors differ most (${formatShare(shares[0], 2)} and ${formatShare(shares[1], 2)} of the variance). What lies together here may lie apart in the other ${dimensions - 2} directions.`,
    xLabel: "first component",
    yLabel: "second component",
    points: points.sort((a, b) => (a.series < b.series ? -1 : 1)),
  };
}

/** The first two principal axes by power iteration, the second orthogonal to the first (Golub and Van Loan, section 8.2): any rank will do. */
function mainAxes(
  covariance: Float64Array,
  dimensions: number,
  random: Random,
): { readonly axes: readonly Float64Array[]; readonly shares: readonly number[] } {
  let total = 0;
  for (let d = 0; d < dimensions; d++) total += covariance[d * dimensions + d];
  const axes: Float64Array[] = [];
  const shares: number[] = [];
  for (let found = 0; found < 2; found++) {
    let axis = Float64Array.from({ length: dimensions }, () => random.normal());
    let size = 0;
    for (let step = 0; step < STEPS; step++) {
      const next = new Float64Array(dimensions);
      for (let i = 0; i < dimensions; i++)
        for (let j = 0; j < dimensions; j++) next[i] += covariance[i * dimensions + j] * axis[j];
      for (const other of axes) {
        const along = other.reduce((sum, value, d) => sum + value * next[d], 0);
        for (let d = 0; d < dimensions; d++) next[d] -= along * other[d];
      }
      size = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
      if (size === 0) break;
      axis = next.map((value) => value / size);
    }
    axes.push(axis);
    shares.push(total > 0 ? size / total : 0);
  }
  return { axes, shares };
}

/** Two axes whose variances differ by a tenth are told apart to 1e-8. */
const STEPS = 200;
