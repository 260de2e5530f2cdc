/** Which kind each event is: the values of a column by the names that every note knows, or by the note's own. */

import { FailureError } from "../../core/outcome.ts";
import { numbers, texts } from "../../core/table.ts";
import { cellText, missingWords, uncheckedText } from "../../steps/3-data/sources/cell-text.ts";
import { queryFile } from "../../steps/3-data/sources/source-table.ts";
import { sqlText } from "../../steps/3-data/sources/sql-text.ts";
import type { SourceEnvironment, SourceTable } from "../../steps/3-data/sources/table-types.ts";
import { EVENT_KINDS, type EventKind } from "./interactions.ts";

/** A value that no kind is named for gets this code until it is counted and left out. */
export const UNLISTED = 255;
const MOST_KINDS = 60;

/** What of a source says which kind an event is. */
interface KindSource {
  readonly table: SourceTable;
  readonly columns: { readonly value?: string; readonly event?: string };
  readonly kind?: EventKind;
  readonly events?: Readonly<Record<string, string>>;
}

export interface KindPlan {
  readonly kinds: readonly string[];
  /** SQL for the code of a row's kind; NULL for a missing one. */
  readonly sql: string;
}

/** The names of the kinds: those that every note knows, then the note's own. Throws a `FailureError` that lists all values where some are unknown. */
export async function planKinds(
  environment: SourceEnvironment,
  { table, columns, kind, events }: KindSource,
): Promise<KindPlan> {
  if (columns.event === undefined) {
    const fixed = kind ?? (columns.value === undefined ? "view" : "rating");
    return { kinds: EVENT_KINDS, sql: String(EVENT_KINDS.indexOf(fixed)) };
  }
  const text = cellText(table, columns.event);
  const found = await queryFile(
    environment,
    table,
    `SELECT ${text} AS value, count(*) AS count FROM ${table.from} GROUP BY value HAVING value IS NOT NULL ORDER BY count DESC, value LIMIT ${MOST_KINDS + 1}`,
  );
  const values = texts(found, "value");
  const written = Object.entries(events ?? {});
  const stray = written.find(([value]) => !values.includes(value));
  if (stray !== undefined && values.length <= MOST_KINDS) {
    throw new FailureError({
      code: "unknown-event",
      message: `column \`${columns.event}\` holds no \`${stray[0]}\`; it holds ${listed(values)}`,
      where: table.path,
      fix: "name values as they stand in the file",
    });
  }
  const known = (value: string): EventKind | undefined => EVENT_KINDS.find((one) => one === value.toLowerCase());
  const unknown = values.filter((value) => known(value) === undefined);
  if (events === undefined && unknown.length > 0) {
    const all =
      values.length > MOST_KINDS ? [] : values.map((value) => `${quoted(value)}: ${quoted(known(value) ?? value)}`);
    const at = values.indexOf(unknown[0]);
    throw new FailureError({
      code: "unknown-event",
      message:
        all.length === 0
          ? `column \`${columns.event}\` holds more than ${MOST_KINDS} different values: it does not say which kind an event is`
          : `column \`${columns.event}\` holds \`${unknown[0]}\` (${numbers(found, "count")[at]} rows), which is none of ${EVENT_KINDS.join(", ")}: what does each value mean?`,
      where: table.path,
      fix:
        all.length === 0
          ? "name another column as `event`, or none"
          : `give each a name of your own, and say in section 2 which is wanted: \`events: { ${all.join(", ")} }\``,
    });
  }
  const pairs = events === undefined ? values.map((value) => [value, known(value) ?? value] as const) : written;
  const kinds = [...new Set([...EVENT_KINDS, ...pairs.map(([, name]) => name)])];
  const missing = missingWords(table);
  const named = pairs.filter(([value]) => !missing.includes(value));
  const cases = named.map(([value, name]) => `WHEN ${sqlText(value)} THEN ${kinds.indexOf(name)}`);
  const rest = `CASE WHEN ${text} IS NULL THEN NULL ELSE ${UNLISTED} END`;
  return {
    kinds,
    // What the note names is told first: whether a cell is empty is asked of the few that are left.
    sql: cases.length === 0 ? rest : `CASE ${uncheckedText(table, columns.event)} ${cases.join(" ")} ELSE ${rest} END`,
  };
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "nothing" : values.map((value) => `\`${value}\``).join(", ");
}

/** A word as YAML's inline maps take it. */
function quoted(value: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(value)
    ? value
    : JSON.stringify(value);
}
