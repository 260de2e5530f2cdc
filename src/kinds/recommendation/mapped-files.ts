/** Any CSV, TSV or Parquet file of events, with the note saying which column holds what, and side tables of titles and members. */

import { fileName } from "../../core/file-name.ts";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { cellText, columnIndex } from "../../steps/3-data/sources/cell-text.ts";
import { readTime } from "../../steps/3-data/sources/read-time.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import {
  expecting,
  isByEvent,
  listMapped,
  type MappedPath,
  openMapped,
} from "../../steps/3-data/sources/source-mapping.ts";
import { columnOf } from "../../steps/3-data/sources/source-table.ts";
import {
  formatByName,
  type Layout,
  type RowFormat,
  type SourceEnvironment,
  type SourceTable,
} from "../../steps/3-data/sources/table-types.ts";
import type { TimeColumn } from "../../steps/3-data/sources/time-column.ts";
import type { EventKind, Interactions } from "./interactions.ts";
import { type OrderedSplit, orderWithoutTime } from "./order-without-time.ts";
import { type EntitySource, MEMBER_INDEX, readMembers, readTitles, TITLE_INDEX } from "./read-entities.ts";
import { type EventColumns, fetchEvents, stageEvents } from "./read-events.ts";

/** Files and what their columns mean; plain data. */
export interface MappedFilesSource {
  /** Files, or one file an event by the event's name. */
  readonly path: MappedPath;
  readonly format: RowFormat;
  /** How the text is laid out; found out where absent. */
  readonly layout?: Layout;
  /** What each column means: `{ member: user_id, title: item_id, rating: stars }`. A meaning left out is a column of that name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** How moments are written; `none` for data without time. */
  readonly time?: TimeColumn | "none";
  /** When a row became known, where that is later than it happened: a column of moments, seconds after the event, or the later of both. */
  readonly known?: { readonly column?: TimeColumn; readonly delay?: number };
  /** How data without time is divided; its order is that of the file. */
  readonly order?: OrderedSplit;
  /** Names of the note's own for the values of the event's column. */
  readonly events?: Readonly<Record<string, string>>;
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
  readonly layout?: Layout;
}

/** Meanings of columns in an events file; `rating` and `value` name the same thing. */
export const EVENT_MEANINGS = ["member", "title", "time", "rating", "value", "event", "position", "id"] as const;
const TITLE_MEANINGS = ["title", "name", "released", "genres"] as const;
const MEMBER_MEANINGS = ["member"] as const;
/** What people call the same things elsewhere. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  user: "member",
  customer: "member",
  item: "title",
  product: "title",
  timestamp: "time",
  score: "rating",
};

/** Reads the events and the side tables. Throws a `FailureError` that names file, line and column for dirt that is not to be repaired. */
export async function readMappedFiles(
  environment: SourceEnvironment,
  source: MappedFilesSource,
  random?: Random,
): Promise<Interactions> {
  const { kind, range, policy = DEFAULT_REPAIR_POLICY } = source;
  const { table, name } = await openEvents(environment, source, policy);
  const columns = eventColumns(source, table);
  const written = source.time ?? { column: source.columns?.time ?? (isList(source) ? "" : "time") };
  const time = written === "none" ? null : await readTime(environment, table, whereTime(table, written));
  const { known } = source;
  const knownColumn = known?.column === undefined ? undefined : await readTime(environment, table, known.column);
  const isKnownLater = time !== null && known !== undefined;
  const { kinds, repairs } = await stageEvents(environment, {
    ...(isKnownLater ? { known: { column: knownColumn, delay: known.delay } } : {}),
    table,
    columns,
    time,
    kind,
    events: source.events,
    range,
    policy,
  });
  const memberTable = source.members && sideTable(source.members, "member", policy);
  const titleTable = source.titles && sideTable(source.titles, "title", policy);
  const { members, repairs: memberRepairs } = await readMembers(environment, memberTable, policy);
  const { titles, repairs: titleRepairs } = await readTitles(environment, titleTable, policy);
  const fetched = {
    ...(await fetchEvents(environment, MEMBER_INDEX, TITLE_INDEX, columns.position !== undefined, isKnownLater)),
    kinds,
  };
  const events =
    time === null
      ? orderWithoutTime(fetched, { members: members.count, titles: titles.count }, source.order, random)
      : fetched;
  return {
    events,
    members,
    titles,
    repairs: [...repairs, ...memberRepairs, ...titleRepairs],
    source: {
      format: source.format,
      description: `events from ${name}`,
      simulated: false,
      readings: [
        ...table.understood,
        ...(time === null ? ["no time: the order is that of the file"] : [`time: ${time.says}`]),
        ...(knownColumn === undefined ? [] : [`known: ${knownColumn.says}`]),
        ...unused(table, columns, [...(time?.columns ?? []), ...(knownColumn?.columns ?? [])]),
      ],
      ...(time === null ? { timeless: true } : {}),
    },
  };
}

/** What a mapping leaves out is said. */
function unused(table: SourceTable, columns: EventColumns, time: readonly string[]): readonly string[] {
  const used = new Set(
    [...Object.values(columns), ...time].map((name) => (name === undefined ? -1 : columnIndex(table, name))),
  );
  const rest = table.columns.filter((_, index) => !used.has(index));
  if (rest.length === 0) return [];
  const shown = rest.slice(0, 12).map((name) => `\`${name}\``);
  return [`not used: ${shown.join(", ")}${rest.length > 12 ? ` and ${rest.length - 12} more` : ""}`];
}

function isList({ layout }: MappedFilesSource): boolean {
  return layout?.kind === "text" && layout.rows === "list";
}

/** The column of time, or the question that is missing. */
function whereTime(table: SourceTable, written: TimeColumn): TimeColumn {
  const names = typeof written.column === "string" ? [written.column] : written.column;
  const isThere = names.every(
    (name) =>
      table.columns.includes(name) ||
      (/^\d+$/u.test(name) && Number(name) >= 1 && Number(name) <= table.columns.length),
  );
  if (isThere) return written;
  if (names.length === 1 && (names[0] === "time" || names[0] === "")) {
    throw new FailureError({
      code: "missing-column",
      message: `which column holds the time? There are ${table.columns.map((one) => `\`${one}\``).join(", ")}`,
      where: table.path,
      fix: "name it as `time: …` in section 3, or write `time: none` with a split that needs none (`split: { by: random-per-member, test: 20% }`)",
    });
  }
  for (const name of names) columnIndex(table, name);
  return written;
}

async function openEvents(
  environment: SourceEnvironment,
  source: MappedFilesSource,
  policy: RepairPolicy,
): Promise<{ readonly table: SourceTable; readonly name: string }> {
  const { path, columns = {} } = source;
  const layout = expecting(source.layout ?? layoutOf(source.format, policy), [
    ...Object.values(columns),
    ...EVENT_MEANINGS,
  ]);
  const table = await openMapped(environment, path, layout);
  return { table, name: isByEvent(path) ? Object.keys(path).join(", ") : fileName(table.path) };
}

/** All files that a source reads: what a fingerprint must cover. */
export async function listMappedFiles(
  { files }: SourceEnvironment,
  { path, titles, members }: MappedFilesSource,
): Promise<readonly string[]> {
  const sides = [titles, members].filter((side) => side !== undefined);
  return listMapped({ files }, { path, sides });
}

function eventColumns(source: MappedFilesSource, table: SourceTable): EventColumns {
  const { columns = {} } = source;
  checkMeanings(columns, EVENT_MEANINGS, table.path, "a column of events");
  if (isList(source)) return { member: columns.member ?? "member", title: columns.title ?? "item" };
  const named = (meaning: (typeof EVENT_MEANINGS)[number]): string | undefined =>
    columns[meaning] ?? (table.columns.includes(meaning) ? meaning : undefined);
  return {
    member: columns.member ?? "member",
    title: columns.title ?? "title",
    value: columns.value ?? columns.rating ?? named("rating") ?? named("value"),
    event: named("event"),
    position: named("position"),
    id: columns.id,
  };
}

function checkMeanings(
  columns: Readonly<Record<string, string>>,
  meanings: readonly string[],
  where: string,
  what: string,
): void {
  const unknown = Object.keys(columns).find((key) => !meanings.includes(key));
  if (unknown === undefined) return;
  const other = OTHER_WORDS[unknown];
  const suggestion = other !== undefined && meanings.includes(other) ? other : nearest(unknown, meanings);
  throw new FailureError({
    code: "unknown-column-meaning",
    message: `\`${unknown}\` is nothing that ${what} can mean`,
    where,
    fix: suggestion === undefined ? `use ${meanings.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}

function layoutOf(format: MappedFilesSource["format"], policy: RepairPolicy): Layout {
  if (format === "parquet") return { kind: "parquet" };
  if (format === "json") return { kind: "parquet", isJson: true };
  const malformed = policy.badNumber === "drop" ? "drop" : "error";
  return { kind: "text", delimiter: format === "tsv" ? "\t" : undefined, header: "guess", malformed };
}

function sideTable(
  { path, columns = {}, layout }: SideTable,
  key: "member" | "title",
  policy: RepairPolicy,
): EntitySource {
  const meanings = key === "title" ? TITLE_MEANINGS : MEMBER_MEANINGS;
  const { [key]: id = key, name, released, genres, ...attributes } = columns;
  for (const attribute of Object.keys(attributes)) checkNearMiss(attribute, meanings, path, key);
  const base = layout ?? layoutOf(formatByName(path), policy);
  return {
    path,
    layout: base.kind === "parquet" ? base : expecting(base, [id, ...Object.values(columns)]),
    select: (table) => ({
      id: cellText(table, id),
      name: name && cellText(table, name),
      released: released && releaseExpression(table, released),
      genres: genres && genresExpression(table, genres),
      attributes: Object.fromEntries(Object.entries(attributes).map(([one, column]) => [one, cellText(table, column)])),
    }),
  };
}

/** Any other name is an attribute of the note's own, but one letter off a known one it is a slip that would lose the known one. */
function checkNearMiss(attribute: string, meanings: readonly string[], where: string, key: string): void {
  const meant = OTHER_WORDS[attribute] === key ? key : nearest(attribute, meanings);
  if (meant === undefined) return;
  throw new FailureError({
    code: "unknown-column-meaning",
    message: `\`${attribute}\` is no key of this side table, and too near \`${meant}\` to be an attribute`,
    where,
    fix: `did you mean \`${meant}\`? An attribute may have any other name`,
  });
}

/** Seconds since 1970 of a date, a timestamp, or a bare year. */
function releaseExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  if (/^(?:TIMESTAMP|DATE)/u.test(table.types[columnIndex(table, name)])) return `epoch(${column})`;
  const text = `trim(CAST(${column} AS VARCHAR))`;
  return (
    `CASE WHEN regexp_full_match(${text}, '\\d{4}') THEN epoch(make_date(CAST(${text} AS INTEGER), 1, 1)) ` +
    `ELSE coalesce(TRY_CAST(${text} AS DOUBLE), epoch(TRY_CAST(${text} AS TIMESTAMPTZ))) END`
  );
}

/** Genres parted by `|`, out of a list or a text that parts them by `|`, `,` or `;`. */
function genresExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  if (table.types[columnIndex(table, name)].endsWith("[]")) return `array_to_string(${column}, '|')`;
  return `CASE WHEN contains(${column}, '|') THEN ${column} ELSE regexp_replace(${column}, '\\s*[,;]\\s*', '|', 'g') END`;
}
