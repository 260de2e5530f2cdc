/** A map of vectors: their two directions of greatest variance, coloured by class. */

import type { Chart } from "../../../core/chart.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import { symmetricEigen } from "../../../core/symmetric-eigen.ts";

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
  const { axes, shares } = mainAxes(covariance, dimensions);
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
    caption: `Test photos along the two directions in which their vectors differ most (${formatNumber(shares[0] * 100, 2)}% and ${formatNumber(shares[1] * 100, 2)}% of the variance). What lies together here may lie apart in the other ${dimensions - 2} directions.`,
    xLabel: "first component",
    yLabel: "second component",
    points: points.sort((a, b) => (a.series < b.series ? -1 : 1)),
  };
}

function mainAxes(
  covariance: Float64Array,
  dimensions: number,
): { readonly axes: readonly Float64Array[]; readonly shares: readonly number[] } {
  const { values, vectors } = symmetricEigen(covariance, dimensions);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, 2);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  return {
    axes: order.map((at) => Float64Array.from({ length: dimensions }, (_, d) => vectors[d * dimensions + at])),
    shares: order.map((at) => Math.max(0, values[at]) / total),
  };
}
