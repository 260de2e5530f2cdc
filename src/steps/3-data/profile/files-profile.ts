/** What several files seem to be together: which holds the events, which describe their items and members, and how well they join. */

import { fileName } from "../../../core/file-name.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { firstRows, sniffDialect } from "../sources/sniff-text.ts";
import { expandPaths } from "../sources/source-paths.ts";
import { openSourceTable, queryFile } from "../sources/source-table.ts";
import type { Layout, RowFormat, SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { listsInCells } from "./list-cells.ts";
import { refuseText } from "./refused-texts.ts";
import { checkLabelIsThere } from "./said-label.ts";
import { seemingNumerals } from "./seeming-numerals.ts";
import type { Role } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";
import { type ProfiledColumn, profileTable, type TableProfile } from "./table-profile.ts";

/** One table: a file, or several that are parts of one. */
export interface ProfiledFile {
  readonly paths: readonly string[];
  readonly format: RowFormat;
  /** What had to be said for it to be read, as a note says it. */
  readonly said: Readonly<Record<string, string>>;
  readonly profile: TableProfile;
}

/** Identifiers of one file that are found in another. */
export interface Join {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly toColumn: string;
  readonly share: number;
}

export interface FilesProfile {
  readonly files: readonly ProfiledFile[];
  readonly joins: readonly Join[];
  /** The system that the data seems to be for. */
  readonly system: "recommendation" | "fraud-detection" | "binary-classification" | "unknown";
  readonly why: string;
  /** The file with the events, by its place in `files`. */
  readonly main: number;
}

/**
 * Looks at files, folders and patterns. `saidLabel`: the column that is said to be predicted. Throws a `FailureError` for what cannot be
 * opened at all, and for a said label that is not there or holds more than two values.
 */
export async function profileFiles(
  environment: SourceEnvironment,
  written: readonly string[],
  saidLabel?: string,
): Promise<FilesProfile> {
  const paths = await expandPaths(environment.files, written);
  const groups = groupParts(paths);
  const opened: (ProfiledFile & { readonly table: SourceTable })[] = [];
  for (const group of groups) {
    const { table, format, said } = await openForLook(environment, group);
    opened.push({ paths: group, format, said, table, profile: await profileTable(environment, table, saidLabel) });
  }
  if (saidLabel !== undefined)
    checkLabelIsThere(
      saidLabel,
      opened.flatMap(({ profile }) => profile.columns.map(({ name }) => name)),
    );
  const main = mainOf(opened);
  const { lists, columns } = opened[main].profile;
  if (lists.size > 0 && !columns.some(({ role }) => role === "item" || role === "label"))
    throw listsInCells(fileName(opened[main].paths[0]), lists);
  const joins: Join[] = [];
  for (const [at, side] of opened.entries())
    if (at !== main) joins.push(...(await joinsBetween(environment, opened[main], side)));
  const files = opened.map(({ table: _, ...file }) => file);
  return { files, joins, main, ...systemOf(files[main], saidLabel) };
}

/** Files of one name but for numbers and the words for parts are parts of one table. */
function groupParts(paths: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const stem = path.replace(/[^/\\]*$/u, (name) =>
      name.toLowerCase().replaceAll(/\d+|train(?:ing)?|test|valid(?:ation)?|part|[-_]/gu, ""),
    );
    groups.set(stem, [...(groups.get(stem) ?? []), path]);
  }
  return [...groups.values()];
}

interface Opened {
  readonly table: SourceTable;
  readonly format: ProfiledFile["format"];
  readonly said: Readonly<Record<string, string>>;
}

const LOOKED_AT = 1 << 17;

/** Opens without a mapping: what is found out is what a note would say. */
async function openForLook(environment: SourceEnvironment, paths: readonly string[]): Promise<Opened> {
  const [first] = paths;
  const head = (await environment.files.exists(first)) ? await environment.files.head(first, 4) : new Uint8Array();
  if (String.fromCharCode(...head) === "PAR1") {
    return { table: await openSourceTable(environment, paths, { kind: "parquet" }), format: "parquet", said: {} };
  }
  if (await isJsonLines(environment, first)) {
    const table = await openSourceTable(environment, paths, { kind: "parquet", isJson: true });
    return { table, format: "json", said: {} };
  }
  const format = /\.tsv(?:\.\w+)?$/iu.test(first) ? "tsv" : "csv";
  try {
    return await openText(environment, paths, format, {});
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== "not-utf8") throw error;
    return openText(environment, paths, format, { encoding: "windows-1252" });
  }
}

/** Whether the first line is a JSON object, whole. */
async function isJsonLines(environment: SourceEnvironment, path: string): Promise<boolean> {
  if (!(await environment.files.exists(path)) || (await environment.files.list(path)) !== undefined) return false;
  // Another encoding, or an archive, is said by whoever opens the file as text.
  const [line] = (await beginningOf(environment, path, undefined).catch(() => "")).split(/\r?\n/u);
  if (!line.startsWith("{")) return false;
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}

async function openText(
  environment: SourceEnvironment,
  paths: readonly string[],
  format: "csv" | "tsv",
  said: { readonly encoding?: string },
): Promise<Opened> {
  const beginning = await beginningOf(environment, paths[0], said.encoding);
  refuseText(beginning, paths[0]);
  const isList = looksLikeLists(beginning);
  const layout: Layout = {
    kind: "text",
    header: "guess",
    malformed: "drop",
    ...said,
    ...(isList ? { rows: "list" } : {}),
  };
  const table = await loaded(environment, paths, await openSourceTable(environment, paths, layout));
  const numerals = isList ? undefined : await seemingNumerals(environment, table);
  const spoken = Object.entries(numerals ?? {}).map(([key, value]) => [key, JSON.stringify(value)] as const);
  return {
    table: numerals === undefined ? table : { ...table, numerals },
    format,
    said: { ...said, ...(isList ? { rows: "list" } : {}), ...Object.fromEntries(spoken) },
  };
}

/** Texts of this size and less are parsed once and held; larger ones are parsed again for each question. */
const HELD_BYTES = 1e9;

/** The rows in a table of their own: a look asks half a dozen questions, and parsing is the dearest part of each. */
async function loaded(
  environment: SourceEnvironment,
  paths: readonly string[],
  table: SourceTable,
): Promise<SourceTable> {
  let bytes = 0;
  for (const path of paths) bytes += await environment.files.size(path);
  if (bytes > HELD_BYTES) return table;
  const name = `looked_at_${paths[0].replaceAll(/[^a-zA-Z0-9]+/gu, "_").slice(-80)}`;
  await queryFile(environment, table, `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * FROM ${table.from}`);
  return { ...table, from: name };
}

async function beginningOf({ files }: SourceEnvironment, path: string, encoding: string | undefined): Promise<string> {
  let text = "";
  for await (const piece of files.text(path, { encoding })) {
    text += piece;
    if (text.length >= LOOKED_AT) break;
  }
  return text;
}

/** Lines of whole numbers, of many lengths, parted by blanks: a member and its items. */
function looksLikeLists(beginning: string): boolean {
  const dialect = { ...sniffDialect(beginning, { rows: "list", quote: "none" }) };
  const rows = firstRows(beginning, dialect, 0, 200).filter((row) => row.length > 1);
  const lengths = new Set(rows.map((row) => row.length));
  return (
    rows.length >= 5 &&
    lengths.size >= Math.min(4, rows.length / 3) &&
    rows.every((row) => row.every((cell) => /^\d+$/u.test(cell.trim())))
  );
}

function has(profile: TableProfile, role: Role): ProfiledColumn | undefined {
  return profile.columns.find((column) => column.role === role);
}

/** The table with most of who, what and when; of equals the longer one. */
function mainOf(files: readonly ProfiledFile[]): number {
  const scores = files.map(({ profile }) => {
    const roles: readonly Role[] = ["member", "item", "event", "value", "label", "time"];
    return (
      roles.filter((role) => (role === "time" ? profile.time !== undefined : has(profile, role) !== undefined)).length *
        1e12 +
      profile.rows
    );
  });
  return scores.indexOf(Math.max(...scores));
}

/** Joins by columns of the same role or the same name: the main file's identifiers that the other knows. Without names, by the values. */
async function joinsBetween(
  environment: SourceEnvironment,
  main: ProfiledFile & { readonly table: SourceTable },
  side: ProfiledFile & { readonly table: SourceTable },
): Promise<readonly Join[]> {
  if (isLogOfEvents(side.profile)) return [];
  const joins: (Join & { readonly likeness: number })[] = [];
  const isNamed = !hasNumbersForNames(side.profile);
  for (const role of ["item", "member"] as const) {
    const column = has(main.profile, role);
    if (column === undefined) continue;
    const other = isNamed ? namedAlike(side.profile, column, role) : keyWithoutName(side.profile);
    if (other !== undefined) joins.push(await joinOf(environment, [main, column], [side, other]));
  }
  const most = Math.max(...joins.map(({ likeness }) => likeness));
  // A side table without names describes one of the two, the one whose identifiers its own are most like.
  const kept = isNamed ? joins : joins.filter(({ likeness }) => likeness > 0 && likeness === most).slice(0, 1);
  return kept.map(({ likeness: _, ...join }) => join);
}

/** Who, what and when, of things that come again: rows of what people did, which describe neither. */
export function isLogOfEvents(profile: TableProfile): boolean {
  const item = has(profile, "item");
  const isTimed = profile.time !== undefined && has(profile, "member") !== undefined;
  return isTimed && item !== undefined && profile.rows >= 2 * item.distinct;
}

function hasNumbersForNames({ columns }: TableProfile): boolean {
  return columns.every(({ name, place }) => name === String(place));
}

function namedAlike(side: TableProfile, column: ProfiledColumn, role: "item" | "member"): ProfiledColumn | undefined {
  const same = side.columns.find(({ name }) => sameName(name, column.name));
  return same ?? (has(side, role === "item" ? "member" : "item") === undefined ? has(side, role) : undefined);
}

/** The first column, where each row has a value of its own there. */
function keyWithoutName({ columns: [first], rows }: TableProfile): ProfiledColumn | undefined {
  return first !== undefined && first.kind !== "number" && first.distinct === rows ? first : undefined;
}

type Keyed = readonly [ProfiledFile & { readonly table: SourceTable }, ProfiledColumn];

async function joinOf(
  environment: SourceEnvironment,
  [main, column]: Keyed,
  [side, other]: Keyed,
): Promise<Join & { readonly likeness: number }> {
  const found = await queryFile(
    environment,
    main.table,
    `WITH own AS (SELECT DISTINCT ${cellText(main.table, column.name)} AS v FROM ${main.table.from}),
       others AS (SELECT DISTINCT ${cellText(side.table, other.name)} AS v FROM ${side.table.from})
     SELECT (SELECT count(v) FROM own) AS all_of, (SELECT count(v) FROM others) AS offered,
       (SELECT count(v) FROM own WHERE v IN (SELECT v FROM others WHERE v IS NOT NULL)) AS known`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  return {
    from: fileName(main.paths[0]),
    column: column.name,
    to: fileName(side.paths[0]),
    toColumn: other.name,
    share: of("known") / Math.max(1, of("all_of")),
    // Jaccard: what both have of what either has.
    likeness: of("known") / Math.max(1, of("all_of") + of("offered") - of("known")),
  };
}

function sameName(one: string, other: string): boolean {
  const tidy = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");
  return tidy(one) === tidy(other);
}

function systemOf({ profile }: ProfiledFile, saidLabel: string | undefined): Pick<FilesProfile, "system" | "why"> {
  const [member, item, label, amount] = (["member", "item", "label", "amount"] as const).map((role) =>
    has(profile, role),
  );
  const terminal = has(profile, "terminal");
  if (
    label !== undefined &&
    /fraud/iu.test(label.name) &&
    amount !== undefined &&
    member !== undefined &&
    terminal !== undefined &&
    profile.time !== undefined
  )
    return {
      system: "fraud-detection",
      why: `${spokenColumn(label.name)} marks payments (${spokenColumn(amount.name)}) of ${spokenColumn(member.name)} at ${spokenColumn(terminal.name)}`,
    };
  if (
    label !== undefined &&
    (saidLabel !== undefined ||
      item === undefined ||
      member === undefined ||
      isLogOfCases(profile, [member, item]) ||
      /fraud|churn|default|exited|spam/iu.test(label.name))
  )
    return {
      system: "binary-classification",
      why: `${spokenColumn(label.name)} is one of two values, and rows are described by ${profile.columns.length - 1} other columns`,
    };
  if (member !== undefined && item !== undefined)
    return {
      system: "recommendation",
      why: `rows say who (${spokenColumn(member.name)}) did something with what (${spokenColumn(item.name)})`,
    };
  return { system: "unknown", why: "no column seems to be a label, and no two say who and what" };
}

/** Columns that are called after what people use, where more describe the row: a log of what was shown, not of who likes what. */
function isLogOfCases({ columns }: TableProfile, named: readonly ProfiledColumn[]): boolean {
  const others = columns.filter(({ role }) => role === "attribute").length;
  return (
    others > MANY_ATTRIBUTES &&
    named.some(({ name }) => /^(?:device|session|cookie|ip|app|site|ad|page|place)/iu.test(name))
  );
}

const MANY_ATTRIBUTES = 6;
