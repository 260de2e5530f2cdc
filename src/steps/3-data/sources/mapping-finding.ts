/** What a check of a mapping says, and what its parts share. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { nearest } from "../../../core/nearest.ts";
import { numbers } from "../../../core/table.ts";
import { MAPPING_CODES, type MappingCode } from "../../../review/mapping-codes.ts";
import { hasColumn } from "./cell-text.ts";
import { LOOK, type MappingLook } from "./mapping-look.ts";
import type { TimeReading } from "./read-time.ts";
import type { SourceMapping } from "./source-mapping.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

/** Something about a mapping that its files do not bear out. Plain data. */
export type MappingFinding = {
  readonly code: MappingCode;
  readonly severity: "error" | "warning" | "advice";
  readonly message: string;
  /** The fact of the note that it speaks of, as `3.source.columns.member`. */
  readonly fact: string;
  /** File, or file and line. */
  readonly where: string;
  readonly fix: string;
};

/** Parts a column from why it gives the label away. */
export const GIVES_AWAY = " gives the label away: ";

/** Errors that no run stops at: it can be run, and its figures are doubted. */
export function isStopping({ code, severity }: Pick<MappingFinding, "code" | "severity">): boolean {
  return severity === "error" && code !== "HP338";
}

/** The name of a finding by its code. */
export function nameOfMappingCode(code: MappingCode): string {
  return MAPPING_CODES[code].name;
}

/** A mapping, and what was looked at of its files. */
export interface Check {
  readonly environment: SourceEnvironment;
  readonly mapping: SourceMapping;
  readonly look: MappingLook;
}

export function finding(
  code: MappingCode,
  severity: MappingFinding["severity"],
  rest: Omit<MappingFinding, "code" | "severity">,
): MappingFinding {
  return { code, severity, ...rest };
}

/** `12 of 300 rows (4%)` */
export function counted(count: number, rows: number): string {
  const share = count / Math.max(1, rows);
  const percent = share > 0 && share < 0.0001 ? "less than 0.01%" : formatShare(share, share < 0.1 ? 2 : 3);
  return `${formatNumber(count)} of ${formatNumber(rows)} rows (${percent})`;
}

/** Aggregates over the look, by name. */
export async function one({ environment: { sql } }: Check, select: string): Promise<(name: string) => number> {
  const found = await sql.query(`SELECT ${select} FROM ${LOOK}`);
  return (name) => numbers(found, name)[0];
}

/** SQL over the look: whether a row has no moment, or one that no run believes. */
export function hasNoMoment({ earliest, latest }: Pick<TimeReading, "earliest" | "latest">): string {
  return `(moment IS NULL OR NOT isfinite(moment) OR moment < ${earliest} OR moment > ${Number.isFinite(latest) ? latest : 1e300})`;
}

/** A finding for each column that the file does not have. */
export function absentColumns(
  table: SourceTable,
  { columns, time, known }: Pick<SourceMapping, "columns" | "time" | "known">,
): readonly MappingFinding[] {
  const moments = [
    ["time", "3.time", time],
    ["known", "3.source.known.column", known],
  ] as const;
  const wanted = [
    ...columns.map(({ meaning, column }) => ({ meaning, column, fact: `3.source.columns.${meaning}` })),
    ...moments.flatMap(([meaning, fact, reading]) =>
      reading === undefined
        ? []
        : (typeof reading.column === "string" ? [reading.column] : reading.column).map((column) => ({
            meaning,
            column,
            fact,
          })),
    ),
  ];
  return wanted
    .filter(({ column }) => !hasColumn(table, column))
    .map(({ meaning, column, fact }) => {
      const suggestion =
        nearest(column, table.columns) ?? table.columns.find((one) => one.toLowerCase() === column.toLowerCase());
      const shown = table.columns.slice(0, 20).map((one) => `\`${one}\``);
      const more = table.columns.length > 20 ? ` and ${table.columns.length - 20} more` : "";
      const isUnsaid = meaning === "time" && column === "time" && suggestion === undefined;
      return finding("HP330", "error", {
        message: isUnsaid
          ? `which column holds the time? There are ${shown.join(", ")}${more}`
          : `there is no column \`${column}\`${meaning === column ? "" : ` (the ${meaning})`}; there are ${shown.join(", ")}${more}`,
        fact,
        where: table.path,
        fix: isUnsaid
          ? "name it as `time: …` in section 3, or write `time: none` with a split that needs none (`split: { by: random, test: 20% }`)"
          : suggestion === undefined
            ? `say which column it is: \`columns: { ${meaning}: … }\`, by name or by number from 1`
            : `did you mean \`${suggestion}\`?`,
      });
    });
}
