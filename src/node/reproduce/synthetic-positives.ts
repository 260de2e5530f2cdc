/** SMOTE: positives that never were, each somewhere on the line between two that are near each other. */

import type { Random } from "../../core/random.ts";
import { createTable, numbers, type Table } from "../../core/table.ts";

/** Neighbours that a positive may be drawn towards: what the method's authors took. */
const NEAREST = 5;

/**
 * Adds rows until there are `share` positives a negative (Chawla et al. 2002, "SMOTE: synthetic minority over-sampling technique"). Distances are
 * of columns divided by their deviation among the positives; a value that is missing in either row stays that of the first. No row is added
 * where positives are that frequent already, or where there are fewer than two.
 */
export function withSyntheticPositives(
  features: Table,
  labels: Uint8Array,
  share: number,
  random: Random,
): { readonly features: Table; readonly labels: Uint8Array } {
  const positives = [...labels.keys()].filter((row) => labels[row] === 1);
  const wanted = Math.round(share * (labels.length - positives.length)) - positives.length;
  if (wanted <= 0 || positives.length < 2) return { features, labels };
  const names = [...features.columns.keys()];
  const columns = names.map((name) => Float64Array.from(positives, (row) => numbers(features, name)[row]));
  const nearest = nearestOf(columns.map(scaled), positives.length);
  const made = columns.map(() => new Float64Array(wanted));
  for (let at = 0; at < wanted; at++) {
    const one = random.below(positives.length);
    const other = nearest[one][random.below(nearest[one].length)];
    const along = random.uniform();
    columns.forEach((column, index) => {
      const step = column[other] - column[one];
      made[index][at] = column[one] + (Number.isNaN(step) ? 0 : along * step);
    });
  }
  const joined = names.map((name, index) => {
    const column = new Float64Array(labels.length + wanted);
    column.set(numbers(features, name));
    column.set(made[index], labels.length);
    return [name, column] as const;
  });
  const known = new Uint8Array(labels.length + wanted).fill(1);
  known.set(labels);
  return { features: createTable(Object.fromEntries(joined)), labels: known };
}

/** Divided by the deviation, what is missing at the mean: for distances alone. */
function scaled(column: Float64Array): Float64Array {
  const present = column.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
  const square = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, present.length);
  const deviation = square > 0 ? Math.sqrt(square) : 1;
  return column.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / deviation));
}

/** The nearest others of each row. */
function nearestOf(columns: readonly Float64Array[], count: number): readonly (readonly number[])[] {
  const distance = new Float64Array(count);
  return Array.from({ length: count }, (_, one) => {
    for (let other = 0; other < count; other++)
      distance[other] = columns.reduce((sum, column) => sum + (column[one] - column[other]) ** 2, 0);
    return Array.from({ length: count }, (_, other) => other)
      .filter((other) => other !== one)
      .sort((a, b) => distance[a] - distance[b] || a - b)
      .slice(0, NEAREST);
  });
}
