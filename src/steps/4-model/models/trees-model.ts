/** A model of boosted trees as data: features, trees, and how rows of a table become the numbers that trees read. */

import { type Column, numbers, type Table } from "../../../core/table.ts";
import type { Tree } from "./tree.ts";

/** A value of a categorical feature: text, or a number from a numeric column. */
export type Category = string | number;

export interface TreeFeature {
  readonly name: string;
  /** For a categorical feature: code c stands for `categories[c]`. Undefined for a numeric feature. */
  readonly categories?: readonly Category[];
  readonly monotone: -1 | 0 | 1;
}

export type TreesObjective = "log-loss" | "squared-error" | "lambdarank";

/** margin = baseScore + the sum of one leaf value per tree; learning rates are already in the leaf values. */
export interface TreesModel {
  readonly objective: TreesObjective;
  readonly baseScore: number;
  readonly features: readonly TreeFeature[];
  readonly trees: readonly Tree[];
}

/**
 * The table's rows as numbers in model order, row after row: a category becomes its code, NaN where it is missing or was never
 * seen in training. Throws when a column is missing or has the wrong type.
 */
export function encodeRows(model: Pick<TreesModel, "features">, table: Table, from = 0, to = table.rows): Float64Array {
  const width = model.features.length;
  const values = new Float64Array((to - from) * width);
  for (let feature = 0; feature < width; feature++) {
    const { name, categories } = model.features[feature];
    if (categories === undefined) {
      const column = numbers(table, name);
      for (let row = from; row < to; row++) values[(row - from) * width + feature] = column[row];
    } else {
      const codes = codeOf(categories);
      const column = categoryColumn(table, name);
      for (let row = from; row < to; row++) {
        values[(row - from) * width + feature] = codes.get(column[row]) ?? Number.NaN;
      }
    }
  }
  return values;
}

/** The column of that name, text or numeric. Throws when there is none. */
export function categoryColumn(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column === undefined) throw new Error(`no column ${name}; there are ${[...table.columns.keys()].join(", ")}`);
  return column;
}

/** From category to code. */
export function codeOf(categories: readonly Category[]): Map<Category, number> {
  return new Map(categories.map((category, code) => [category, code]));
}
