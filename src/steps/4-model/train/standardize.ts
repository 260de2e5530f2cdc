/** Columns made comparable: mean 0, standard deviation 1, missing values at the mean. */

import type { Failure } from "../../../core/outcome.ts";
import { type NumericColumn, numbers, type Table } from "../../../core/table.ts";

export interface StandardizedFeature {
  readonly name: string;
  /** Weighted mean of the training values that are not missing. */
  readonly mean: number;
  /** Their weighted standard deviation (divided by the sum of weights); 1 for a constant column. */
  readonly deviation: number;
}

/**
 * Mean and deviation of the named columns. Fails for a column that is absent, holds text or an infinity: a linear model has
 * no sound way to use them as they are.
 */
export function fitStandardization(
  table: Table,
  names: readonly string[],
  weights: Float64Array | null,
): StandardizedFeature[] | Failure {
  const features: StandardizedFeature[] = [];
  for (const name of names) {
    const column = table.columns.get(name);
    if (column === undefined || !ArrayBuffer.isView(column)) {
      const message = column === undefined ? `there is no column ${name}` : `column ${name} holds text`;
      return {
        code: "missing-column",
        where: name,
        message,
        fix: "name numeric columns; turn categories into rates or flags",
      };
    }
    const endless = column.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (endless >= 0) {
      const message = `${name} is ${column[endless]} in row ${endless}`;
      return { code: "infinite-value", where: name, message, fix: "clip the feature" };
    }
    features.push({ name, ...describe(column, weights) });
  }
  return features;
}

function describe(column: NumericColumn, weights: Float64Array | null): { mean: number; deviation: number } {
  let [total, sum, squares] = [0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < column.length; row++) {
    const weight = weights === null ? 1 : weights[row];
    if (Number.isNaN(column[row]) || weight === 0) continue;
    total += weight;
    sum += weight * column[row];
    least = Math.min(least, column[row]);
    most = Math.max(most, column[row]);
  }
  if (total === 0) return { mean: 0, deviation: 1 };
  // The mean of equal values may differ from them by a rounding error, which would then pass for a signal.
  if (least === most) return { mean: least, deviation: 1 };
  const mean = sum / total;
  for (let row = 0; row < column.length; row++) {
    if (!Number.isNaN(column[row])) squares += (weights === null ? 1 : weights[row]) * (column[row] - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / total) };
}

/** Rows of standardized values, one after the other. Throws when a column is missing or holds text. */
export function standardizeRows(table: Table, features: readonly StandardizedFeature[]): Float64Array {
  const width = features.length;
  const values = new Float64Array(table.rows * width);
  for (const [index, feature] of features.entries()) {
    const column = numbers(table, feature.name);
    for (let row = 0; row < table.rows; row++) values[row * width + index] = standardized(column[row], feature);
  }
  return values;
}

/** One standardized value: 0, the mean, when it is missing. */
export function standardized(value: number, { mean, deviation }: StandardizedFeature): number {
  return Number.isNaN(value) ? 0 : (value - mean) / deviation;
}
