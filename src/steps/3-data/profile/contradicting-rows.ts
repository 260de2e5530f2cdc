/** Rows that name the same who, what and when as another and say something else of it. */

import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import type { Role } from "./seeming-role.ts";

export interface Contradiction {
  /** Columns that make two rows the same. */
  readonly by: readonly string[];
  /** The column in which they differ. */
  readonly differing: string;
  /** Rows that say another value than the last row of the same. */
  readonly rows: number;
}

interface KnownColumn {
  readonly name: string;
  readonly role: Role;
  readonly rows: number;
  readonly distinct: number;
}

/** The contradictions of a table whose columns say who, what and how much; undefined where there are none, or nothing makes two rows the same. */
export async function findContradictions(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly KnownColumn[],
): Promise<Contradiction | undefined> {
  const of = (role: Role): KnownColumn | undefined => columns.find((column) => column.role === role);
  const measured = of("label") ?? of("value");
  const by = sameBy(of);
  if (measured === undefined || by.length === 0) return undefined;
  const key = `hash(${by.map((name) => cellText(table, name)).join(", ")})`;
  const whole = by.map((name) => `${cellText(table, name)} IS NOT NULL`).join(" AND ");
  const value = cellText(table, measured.name);
  // One pass numbers the rows; only keys that come again are then looked at.
  const found = await queryFile(
    environment,
    table,
    `WITH rows AS (SELECT row_number() OVER () AS row, ${key} AS k, ${value} AS v FROM ${table.from} WHERE ${whole}),
       again AS (SELECT k, arg_max(v, row) AS last FROM rows GROUP BY k HAVING count(*) > 1 AND min(v) <> max(v))
     SELECT count(*) AS count FROM rows JOIN again USING (k) WHERE v <> last`,
  );
  const rows = numbers(found, "count")[0];
  return rows === 0 ? undefined : { by, differing: measured.name, rows };
}

/** An identifier that comes again; else who, what and when; else who, where, how much and when, as payments have it. */
function sameBy(of: (role: Role) => KnownColumn | undefined): readonly string[] {
  const id = of("id");
  if (id !== undefined) return id.distinct < id.rows ? [id.name] : [];
  const named = (roles: readonly Role[]): readonly string[] =>
    roles.flatMap((role) => {
      const column = of(role);
      return column === undefined ? [] : [column.name];
    });
  // Without a moment a person may well say two things of one item, one after the other.
  if (of("time") === undefined || of("member") === undefined) return [];
  if (of("item") !== undefined) return named(["member", "item", "event", "time"]);
  return of("terminal") === undefined ? [] : named(["member", "terminal", "amount", "time"]);
}
