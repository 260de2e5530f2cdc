/** How badly a row is put together again from a few numbers: the error of a linear autoencoder, whose best weights are principal components. */

import { FailureError } from "../../core/outcome.ts";
import { symmetricEigen } from "../../core/symmetric-eigen.ts";
import type { Table } from "../../core/table.ts";
import { fitStandardization, standardizeRows } from "../../steps/4-model/train/standardize.ts";

/**
 * Mean squared error of each row over its standardized columns, after it went through the `width` leading components of the rows that are learned
 * from (Baldi and Hornik 1989, "Neural networks and principal component analysis"). Labels are not seen. Throws a `FailureError` for columns
 * that hold no numbers.
 */
export function openReconstruction(learned: Table, width: number): (rows: Table) => Float64Array {
  const features = fitStandardization(learned, [...learned.columns.keys()], null);
  if ("code" in features) throw new FailureError(features);
  const count = features.length;
  const values = standardizeRows(learned, features);
  const products = new Float64Array(count * count);
  for (let start = 0; start < values.length; start += count)
    for (let i = 0; i < count; i++)
      for (let j = 0; j <= i; j++) products[i * count + j] += values[start + i] * values[start + j];
  const { vectors } = symmetricEigen(products, count);
  const leading = Array.from({ length: Math.min(width, count) }, (_, at) => count - 1 - at);
  return (rows) => {
    const standard = standardizeRows(rows, features);
    return Float64Array.from({ length: rows.rows }, (_, row) => {
      // Components are orthonormal: what is lost is the row's length less that of its shadow.
      let lost = 0;
      for (let i = 0; i < count; i++) lost += standard[row * count + i] ** 2;
      for (const component of leading) {
        let shadow = 0;
        for (let i = 0; i < count; i++) shadow += standard[row * count + i] * vectors[i * count + component];
        lost -= shadow ** 2;
      }
      return Math.max(0, lost) / count;
    });
  };
}
