/** What is asked where a column alone does not say how its moments are read. */

import type { Failure } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { queryFile } from "./source-table.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";
import { number } from "./time-readings.ts";

/** One column, or two as a note lists them. */
export function shown(columns: readonly string[]): string {
  return columns.length === 1 ? columns[0] : `[${columns.join(", ")}]`;
}

/** The question that is missing, by what the cells look like. */
export async function whichTime(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  text: string,
  example: string,
): Promise<Failure> {
  const found = await queryFile(
    environment,
    table,
    `WITH cells AS (SELECT ${text} AS t FROM ${table.from} LIMIT 1000000)
     SELECT count(*) AS n, count(${number("t")}) AS read, min(${number("t")}) AS least, max(${number("t")}) AS most,
       count(try_strptime('2020' || lpad(t, 4, '0'), '%Y%m%d')) AS days FROM cells WHERE coalesce(t, '') <> ''`,
  );
  // A counter runs over the numbers that no month has a day for.
  const isCalendar = numbers(found, "days")[0] === numbers(found, "n")[0] && numbers(found, "n")[0] > 0;
  const [n, read, least, most] = ["n", "read", "least", "most"].map((name) => numbers(found, name)[0]);
  const column = shown(columns);
  if (least >= 101 && most <= 1231 && isCalendar) {
    return {
      code: "which-time",
      message: `\`${column}\` holds months and days without a year, such as \`${example.slice(0, 60)}\``,
      where: table.path,
      fix: `write the year before it, as in 2020${example.trim().padStart(4, "0")}, or say \`time: none\``,
    };
  }
  if (read >= n * 0.5) {
    return {
      code: "which-time",
      message: `\`${column}\` holds numbers from ${least} to ${most}, which are no moments since 1970 in any unit that would lie between 1980 and today`,
      where: table.path,
      fix: `say what one step is and when it began, as in \`time: { column: ${column}, unit: h, start: 2020-01-01 }\`; for a count since 1970 its unit, as in \`time: { column: ${column}, unit: s }\`; or \`time: none\``,
    };
  }
  return {
    code: "which-time",
    message: `\`${example.slice(0, 60)}\` in column \`${column}\` is in no format of time that is known`,
    where: table.path,
    fix: `say how to read it, as in \`time: { column: ${column}, format: "%d.%m.%Y %H:%M" }\`, or \`time: none\``,
  };
}

/** The cells are not as the note says. */
export function notInFormat(
  table: SourceTable,
  columns: readonly string[],
  { format, unit }: TimeColumn,
  example: string,
): Failure {
  return {
    code: "wrong-time-format",
    message: `no cell of column \`${shown(columns)}\` can be read as \`${format ?? unit}\`; one holds \`${example.slice(0, 60)}\``,
    where: table.path,
    fix: "leave `format` and `unit` out to have them found, or write the pattern of this cell",
  };
}
