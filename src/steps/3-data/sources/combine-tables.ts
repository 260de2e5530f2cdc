/** Several files of one kind of row each, such as one file an event, as one table with a column that says which. */

import { numbers } from "../../../core/table.ts";
import { queryFile } from "./source-table.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

/** A table and what the added column says of all its rows. */
export interface NamedTable {
  readonly name: string;
  readonly table: SourceTable;
}

/** All rows, those of the first table first; a column that a table lacks is missing there. All columns are text. */
export async function combineTables(
  environment: SourceEnvironment,
  tables: readonly NamedTable[],
  column: string,
): Promise<SourceTable> {
  const names = [...new Set(tables.flatMap(({ table }) => table.columns))].filter((name) => name !== column);
  const selects = tables.map(({ name, table }) => {
    const cells = names.map((one, at) => {
      const index = table.columns.indexOf(one);
      return `${index < 0 ? "CAST(NULL AS VARCHAR)" : `CAST(c${index} AS VARCHAR)`} AS c${at}`;
    });
    return `SELECT ${cells.join(", ")}, ${sqlText(name)} AS c${names.length} FROM ${table.from}`;
  });
  const counts: number[] = [];
  for (const { table } of tables) counts.push(table.rows ?? (await countRows(environment, table)));
  const malformed = tables.map(({ table }) => table.malformed).filter((one) => one !== undefined);
  return {
    path: tables.map(({ table }) => table.path).join(", "),
    columns: [...names, column],
    from: `(${selects.join(" UNION ALL ")})`,
    types: [...names, column].map(() => "VARCHAR"),
    rows: counts.reduce((sum, count) => sum + count, 0),
    nulls: tables[0]?.table.nulls,
    numerals: tables[0]?.table.numerals,
    malformed:
      malformed.length === 0
        ? undefined
        : { ...malformed[0], count: malformed.reduce((sum, { count }) => sum + count, 0) },
    understood: tables.flatMap(({ name, table }) => table.understood.map((one) => `${name}: ${one}`)),
    async placeOf(row, named) {
      let left = row;
      for (const [at, { table }] of tables.entries()) {
        if (left <= counts[at]) return table.placeOf(left, table.columns.includes(named ?? "") ? named : undefined);
        left -= counts[at];
      }
      return `row ${row}`;
    },
  };
}

async function countRows(environment: SourceEnvironment, table: SourceTable): Promise<number> {
  return numbers(await queryFile(environment, table, `SELECT count(*) AS count FROM ${table.from}`), "count")[0];
}
