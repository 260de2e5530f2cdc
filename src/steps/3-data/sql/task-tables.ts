/** A task that scores as a table that any engine can read: the checked rows of a run, under the names that the SQL of a note knows. */

import { type Column, createTable, type Table } from "../../../core/table.ts";
import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import type { ScoredTask } from "../scored-task.ts";
import type { LateLabelPlan } from "../split/late-label-split-stage.ts";
import { factColumn, KNOWN_AT, keyColumn, MOMENT } from "./feature-tables.ts";
import type { ScoredQuery } from "./scored-script.ts";

/** The number of a row in the task: answers come back in any order. */
export const ROW = "row_number";

/** One row a case, in the order of time. What is missing is NaN here and NULL in SQL. */
export function scoredTable({ time, label, knownAt, entities, values }: ScoredTask): Table {
  const columns: Record<string, Column> = {
    [ROW]: Int32Array.from({ length: time.length }, (_, row) => row),
    [MOMENT]: time,
    label,
  };
  if (knownAt !== undefined) columns[KNOWN_AT] = knownAt.map((at) => (Number.isFinite(at) ? at : Number.NaN));
  for (const [name, { rows }] of entities)
    columns[keyColumn(name)] = Float64Array.from(rows, (key) => (key < 0 ? Number.NaN : key));
  for (const [name, column] of values) columns[factColumn(name)] = Float64Array.from(column);
  return createTable(columns);
}

/** What is asked of such a table; `source` is the query that gives its rows. */
export function scoredTaskQuery(
  { entities, values, summed, knownAt, leaves, words }: Omit<ScoredTask, "time" | "label" | "stake">,
  { declarations, periods }: { readonly declarations: readonly FeatureDeclaration[]; readonly periods: LateLabelPlan },
  source: string,
): ScoredQuery {
  return {
    source,
    declarations,
    entities: [...entities.keys()],
    values: [...values.keys()],
    summed,
    hasKnownAt: knownAt !== undefined,
    leaves: leaves !== "",
    words,
    periods,
    refused: `${MOMENT} IS NULL OR label IS NULL`,
  };
}
