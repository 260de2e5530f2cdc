/** Scores rows with boosted trees: a whole table at once, or one row at a time. */

import type { Table } from "../../../core/table.ts";
import type { KernelPath } from "../../../kernels/feature-probe.ts";
import { createTreeScoring } from "../../../kernels/tree-scoring.ts";
import { linkOf } from "./trees-link.ts";
import { encodeRows, type TreesModel } from "./trees-model.ts";

/** A model made ready for scoring. Make it once and keep it: making it costs more than scoring a row. */
export interface TreesScorer {
  /** The margin of each row of the table. Throws when a column of the model is missing. */
  margins(table: Table): Float64Array;
  /** The margin of each row in `values`, which holds rows in model order as `encodeRows` makes them. */
  marginsOf(values: Float64Array): Float64Array;
  /** The margin of one row: numbers and category codes in model order, NaN for missing. */
  margin(values: Float64Array): number;
}

/** Rows encoded at a time, so that the encoded copy of a long table stays small. */
const CHUNK = 8192;

export function createTreesScorer(model: TreesModel, path?: KernelPath): TreesScorer {
  const { scoreRows, scoreRow } = createTreeScoring(model.trees, model.features.length, model.baseScore, path);
  return {
    marginsOf: scoreRows,
    margin: scoreRow,
    margins(table) {
      const margins = new Float64Array(table.rows);
      for (let from = 0; from < table.rows; from += CHUNK) {
        margins.set(scoreRows(encodeRows(model, table, from, Math.min(from + CHUNK, table.rows))), from);
      }
      return margins;
    },
  };
}

/** What the model predicts for each row: a probability for log loss, otherwise the margin. */
export function predictTrees(model: TreesModel, table: Table): Float64Array {
  return createTreesScorer(model).margins(table).map(linkOf(model.objective));
}
