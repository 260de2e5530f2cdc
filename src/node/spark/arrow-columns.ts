/** Arrow as columns of ours: pieces of an answer joined, what is missing as NaN. */

import { tableFromIPC } from "apache-arrow";
import { createTable, type Table } from "../../core/table.ts";

/** Every column as numbers. `pieces` are whole Arrow streams of one schema. */
export function columnsFromArrow(pieces: readonly Uint8Array[]): Table {
  const tables = pieces.map((piece) => tableFromIPC(piece));
  const rows = tables.reduce((sum, table) => sum + table.numRows, 0);
  const names = tables[0]?.schema.fields.map(({ name }) => name) ?? [];
  const columns = names.map((name, at): [string, Float64Array] => {
    const column = new Float64Array(rows);
    let filled = 0;
    for (const table of tables) {
      for (const value of table.getChildAt(at) ?? []) column[filled++] = numberOf(value);
    }
    return [name, column];
  });
  return createTable(Object.fromEntries(columns));
}

function numberOf(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  return Number(value);
}
