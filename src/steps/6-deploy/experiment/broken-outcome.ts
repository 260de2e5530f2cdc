/** An outcome that is no finite number: refused with its place, because a value left out moves an arm's mean without a word. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { columnOf } from "../../3-data/sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../../3-data/sources/table-types.ts";

/** The first row whose value in one of the columns is no finite number: throws a `FailureError` with its place and what stands there. */
export async function refuseBrokenOutcome(
  { sql }: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  message: string,
): Promise<never> {
  const found = await Promise.all(
    columns.map(async (name) => {
      const cell = columnOf(table, name);
      const rows = await sql.query(
        `SELECT place, value FROM (SELECT CAST(row_number() OVER () AS DOUBLE) AS place, CAST(${cell} AS VARCHAR) AS value,
           TRY_CAST(${cell} AS DOUBLE) AS number FROM ${table.from})
         WHERE number IS NULL OR NOT isfinite(number) ORDER BY place LIMIT 1`,
      );
      return rows.rows === 0 ? [] : [{ name, place: numbers(rows, "place")[0], value: texts(rows, "value")[0] }];
    }),
  );
  const [first] = found.flat().sort((a, b) => a.place - b.place);
  const where = first === undefined ? table.path : await table.placeOf(first.place, first.name);
  const shown =
    first === undefined
      ? ""
      : first.value === ""
        ? ": it is empty there"
        : `: it is \`${first.value.slice(0, 60)}\` there`;
  throw new FailureError({
    code: "broken-outcome",
    message: `${message}${shown}`,
    where,
    fix: "write 0 where nothing happened, and numbers without thousands separators; find out where other values were lost: nothing is left out silently",
  });
}
