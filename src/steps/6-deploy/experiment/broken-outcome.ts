/** Rows that cannot be added up: refused with the place of the first, because a value left out moves an arm's mean without a word. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { columnOf } from "../../3-data/sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../../3-data/sources/table-types.ts";
import { lacksUnit } from "./missing-names.ts";

interface FoundRow {
  readonly name: string;
  readonly place: number;
  readonly value: string;
}

/** In each of the columns the first row that `fits`, in the order given; `value` is the cell as text, `number` as a number. */
async function findRows(
  { sql }: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  { fits, order }: { readonly fits: string; readonly order: string },
): Promise<readonly FoundRow[]> {
  const found = await Promise.all(
    columns.map(async (name) => {
      const cell = columnOf(table, name);
      const rows = await sql.query(
        `SELECT place, value FROM (SELECT CAST(row_number() OVER () AS DOUBLE) AS place, CAST(${cell} AS VARCHAR) AS value,
           TRY_CAST(${cell} AS DOUBLE) AS number FROM ${table.from})
         WHERE ${fits} ORDER BY ${order} LIMIT 1`,
      );
      return rows.rows === 0 ? [] : [{ name, place: numbers(rows, "place")[0], value: texts(rows, "value")[0] }];
    }),
  );
  return found.flat();
}

/** The first row whose value in one of the columns is no finite number: throws a `FailureError` with its place and what stands there. */
export async function refuseBrokenOutcome(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  unit: string,
  message: string,
): Promise<never> {
  const found = await findRows(environment, table, columns, {
    fits: "number IS NULL OR NOT isfinite(number)",
    order: "place",
  });
  const [first] = [...found].sort((a, b) => a.place - b.place);
  const shown =
    first === undefined
      ? ""
      : `; the first, of unit \`${(await unitAt(environment, table, unit, first.place)).slice(0, 60)}\`, is ${first.value === "" ? "empty" : `\`${first.value.slice(0, 60)}\``}`;
  throw new FailureError({
    code: "broken-outcome",
    message: `${message}${shown}`,
    where: first === undefined ? table.path : await table.placeOf(first.place, first.name),
    fix: "write 0 where nothing happened, and numbers without thousands separators; find out where other values were lost: nothing is left out silently",
  });
}

async function unitAt({ sql }: SourceEnvironment, table: SourceTable, unit: string, place: number): Promise<string> {
  const rows = await sql.query(
    `SELECT unit FROM (SELECT row_number() OVER () AS place, CAST(${columnOf(table, unit)} AS VARCHAR) AS unit FROM ${table.from}) WHERE place = ${place}`,
  );
  return texts(rows, "unit")[0];
}

/** Outcomes whose spread cannot be computed: the numbers are there, their powers are not. Throws with the place of the largest. */
export async function refuseTooLarge(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  { arm, largest, limit }: { readonly arm: string; readonly largest: number; readonly limit: string },
): Promise<never> {
  const found = await findRows(environment, table, columns, {
    fits: "number IS NOT NULL",
    order: "abs(number) DESC, place",
  });
  const [first] = [...found].sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value)));
  throw new FailureError({
    code: "too-large",
    message: `a unit of the arm \`${arm}\` has an outcome of ${largest.toExponential(0)}, its rows added up: beyond ${limit} the spread of an arm is no number; the largest row has \`${first.value.slice(0, 60)}\``,
    where: await table.placeOf(first.place, first.name),
    fix: "is it a placeholder for a missing value? otherwise write the outcomes in a larger unit",
  });
}

/** Rows without a unit. Throws with the place of the first, in the first of the files that has one. */
export async function refuseNameless(
  environment: SourceEnvironment,
  tables: readonly SourceTable[],
  unit: string,
): Promise<never> {
  for (const table of tables) {
    const [first] = await findRows(environment, table, [unit], {
      fits: lacksUnit("value"),
      order: "place",
    });
    if (first === undefined) continue;
    throw new FailureError({
      code: "nameless-unit",
      message: `there are rows without a unit${first.value.trim() === "" ? "" : `: it is \`${first.value.slice(0, 60)}\` there`}`,
      where: await table.placeOf(first.place, unit),
      fix: "find out why the unit is missing: such rows cannot be counted once; a unit that is really called so needs another name",
    });
  }
  throw new Error("no row lacks its unit");
}
