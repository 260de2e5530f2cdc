/** Any CSV, TSV or Parquet file of events, with the note saying which column holds what, and side tables of titles and members. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import {
  columnOf,
  type Layout,
  openSourceTable,
  type SourceEnvironment,
  type SourceTable,
} from "../../steps/3-data/sources/source-table.ts";
import type { EventKind, Interactions } from "./interactions.ts";
import { type EntitySource, MEMBER_INDEX, readMembers, readTitles, TITLE_INDEX } from "./read-entities.ts";
import { type EventColumns, fetchEvents, stageEvents } from "./read-events.ts";

/** Files and what their columns mean; plain data. */
export interface MappedFilesSource {
  readonly path: string;
  readonly format: "csv" | "tsv" | "parquet";
  /** What each column means: `{ member: user_id, title: item_id, time: ts, rating: stars }`. A meaning left out is a column of that name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Identifier under `title`; `name`, `released` and `genres` where known; every other key becomes an attribute. */
  readonly titles?: SideTable;
  /** Identifier under `member`; every other key becomes an attribute. */
  readonly members?: SideTable;
  /** The kind of every event where no column says it. Default `rating` with a rating or value column, else `view`. */
  readonly kind?: EventKind;
  /** Smallest and largest allowed rating. */
  readonly range?: readonly [number, number];
  readonly policy?: RepairPolicy;
}

/** A file with one row per title or member. */
export interface SideTable {
  /** The format goes by the ending: `.parquet`, `.tsv`, else CSV. */
  readonly path: string;
  readonly columns?: Readonly<Record<string, string>>;
}

/** Meanings of columns in an events file; `rating` and `value` name the same thing. */
const EVENT_MEANINGS = ["member", "title", "time", "rating", "value", "event", "position"] as const;

/** Reads the events and the side tables. Throws a `FailureError` that names file, line and column for dirt that is not to be repaired. */
export async function readMappedFiles(
  environment: SourceEnvironment,
  source: MappedFilesSource,
): Promise<Interactions> {
  const { path, kind, range, policy = DEFAULT_REPAIR_POLICY } = source;
  const columns = eventColumns(source, await openSourceTable(environment, path, layoutOf(source.format)));
  const repairs = await stageEvents(environment, {
    path,
    layout: layoutOf(source.format),
    columns,
    kind,
    range,
    policy,
  });
  const memberTable = source.members && sideTable(source.members, "member");
  const titleTable = source.titles && sideTable(source.titles, "title");
  const { members, repairs: memberRepairs } = await readMembers(environment, memberTable, policy);
  const { titles, repairs: titleRepairs } = await readTitles(environment, titleTable, policy);
  return {
    events: await fetchEvents(environment, MEMBER_INDEX, TITLE_INDEX, columns.position !== undefined),
    members,
    titles,
    repairs: [...repairs, ...memberRepairs, ...titleRepairs],
    source: { format: source.format, description: `events from ${fileName(path)}`, simulated: false },
  };
}

/** All files that a source reads: what a fingerprint must cover. */
export function listMappedFiles({ path, titles, members }: MappedFilesSource): readonly string[] {
  return [path, titles?.path, members?.path].filter((file) => file !== undefined);
}

function eventColumns({ columns = {}, path }: MappedFilesSource, table: SourceTable): EventColumns {
  const unknown = Object.keys(columns).find((key) => !EVENT_MEANINGS.some((meaning) => meaning === key));
  if (unknown !== undefined) {
    const suggestion = nearest(unknown, EVENT_MEANINGS);
    throw new FailureError({
      code: "unknown-column-meaning",
      message: `\`${unknown}\` is nothing that a column of events can mean`,
      where: path,
      fix: suggestion === undefined ? `use ${EVENT_MEANINGS.join(", ")}` : `did you mean \`${suggestion}\`?`,
    });
  }
  const named = (meaning: (typeof EVENT_MEANINGS)[number]): string | undefined =>
    columns[meaning] ?? (table.columns.includes(meaning) ? meaning : undefined);
  return {
    member: columns.member ?? "member",
    title: columns.title ?? "title",
    time: columns.time ?? "time",
    value: columns.value ?? columns.rating ?? named("rating") ?? named("value"),
    event: named("event"),
    position: named("position"),
  };
}

function layoutOf(format: MappedFilesSource["format"]): Layout {
  if (format === "parquet") return { kind: "parquet" };
  return format === "tsv" ? { kind: "text", delimiter: "\t" } : { kind: "text" };
}

function sideTable({ path, columns = {} }: SideTable, key: "member" | "title"): EntitySource {
  const format = /\.(?<ending>parquet|tsv)$/u.exec(path)?.groups?.ending;
  const { [key]: id = key, name, released, genres, ...attributes } = columns;
  return {
    path,
    layout: layoutOf(format === "parquet" || format === "tsv" ? format : "csv"),
    select: (table) => ({
      id: columnOf(table, id),
      name: name && columnOf(table, name),
      released: released && releaseExpression(table, released),
      genres: genres && genresExpression(table, genres),
      attributes: Object.fromEntries(Object.entries(attributes).map(([one, column]) => [one, columnOf(table, column)])),
    }),
  };
}

/** Seconds since 1970 of a date, a timestamp, or a bare year. */
function releaseExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  if (/^(?:TIMESTAMP|DATE)/u.test(table.types[table.columns.indexOf(name)])) return `epoch(${column})`;
  const text = `trim(CAST(${column} AS VARCHAR))`;
  return (
    `CASE WHEN regexp_full_match(${text}, '\\d{4}') THEN epoch(make_date(CAST(${text} AS INTEGER), 1, 1)) ` +
    `ELSE coalesce(TRY_CAST(${text} AS DOUBLE), epoch(TRY_CAST(${text} AS TIMESTAMPTZ))) END`
  );
}

/** Genres parted by `|`, out of a list or a text that parts them by `|`, `,` or `;`. */
function genresExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  if (table.types[table.columns.indexOf(name)].endsWith("[]")) return `array_to_string(${column}, '|')`;
  return `CASE WHEN contains(${column}, '|') THEN ${column} ELSE regexp_replace(${column}, '\\s*[,;]\\s*', '|', 'g') END`;
}

function fileName(path: string): string {
  return path.replace(/^.*[/\\]/u, "");
}
