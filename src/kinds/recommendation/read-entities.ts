/** Reads what is known about members and titles from side tables, and gives both sides their indices. */

import { FailureError } from "../../core/outcome.ts";
import { type Column, numbers, texts } from "../../core/table.ts";
import type { RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import type { Repair } from "../../steps/3-data/sources/source-report.ts";
import { openSourceTable, queryFile } from "../../steps/3-data/sources/source-table.ts";
import { repairMalformed } from "../../steps/3-data/sources/staged-rows.ts";
import type { Layout, SourceEnvironment, SourceTable } from "../../steps/3-data/sources/table-types.ts";
import type { Members, TitleGenres, Titles } from "./interactions.ts";
import { STAGED_EVENTS } from "./read-events.ts";

/** A side table: SQL expressions over the columns c0, c1, … of a file. All give VARCHAR, `released` gives DOUBLE seconds. */
export interface EntitySource {
  readonly path: string | readonly string[];
  readonly layout: Layout;
  /** Writes the expressions once the columns are known. */
  readonly select: (table: SourceTable) => EntityExpressions;
}

/** What each expression gives of a row; `id` is text that the events name too. */
export interface EntityExpressions {
  readonly id: string;
  readonly name?: string;
  readonly released?: string;
  /** Genres of a title, separated by `|`. */
  readonly genres?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** SQL table of the members: id and index. */
export const MEMBER_INDEX = "member_index";
/** SQL table of the titles: id and index. */
export const TITLE_INDEX = "title_index";

/** Members of the staged events and of the side table, if there is one. Throws a `FailureError` for dirt that the policy does not mend. */
export async function readMembers(
  environment: SourceEnvironment,
  source: EntitySource | undefined,
  policy: RepairPolicy,
): Promise<{ members: Members; repairs: readonly Repair[] }> {
  const { columns, repairs } = await readEntities(environment, source, policy, "member", MEMBER_INDEX);
  const ids = textColumn(columns, "id");
  return { members: { count: ids.length, ids, attributes: attributesOf(columns) }, repairs };
}

/** Titles of the staged events and of the side table, if there is one. Throws like `readMembers`. */
export async function readTitles(
  environment: SourceEnvironment,
  source: EntitySource | undefined,
  policy: RepairPolicy,
): Promise<{ titles: Titles; repairs: readonly Repair[] }> {
  const { columns, repairs } = await readEntities(environment, source, policy, "title", TITLE_INDEX);
  const ids = textColumn(columns, "id");
  const names = textColumn(columns, "name").map((name, index) => name || ids[index]);
  const titles = {
    count: ids.length,
    ids,
    names,
    released: Float64Array.from(columns.get("released") ?? [], Number),
    genres: splitGenres(textColumn(columns, "genres")),
    attributes: attributesOf(columns),
  };
  return { titles, repairs };
}

interface EntityColumns {
  readonly columns: ReadonlyMap<string, Column>;
  readonly repairs: readonly Repair[];
}

const ATTRIBUTE = "attribute:";

/** Every identifier of the events and of the side table, numbers in numeric order before texts in theirs. */
async function readEntities(
  environment: SourceEnvironment,
  source: EntitySource | undefined,
  policy: RepairPolicy,
  key: "member" | "title",
  index: string,
): Promise<EntityColumns> {
  const { sql } = environment;
  const side = `${key}_facts`;
  const { attributes, repairs } = await stageFacts(environment, source, policy, side);
  await sql.query(
    `CREATE OR REPLACE TEMP TABLE ${index} AS
     SELECT id, CAST(row_number() OVER (ORDER BY TRY_CAST(id AS BIGINT), id) - 1 AS INTEGER) AS index
     FROM (SELECT DISTINCT ${key} AS id FROM ${STAGED_EVENTS} UNION SELECT DISTINCT id FROM ${side})`,
  );
  const selected = attributes.map((_, at) => `, f.a${at}`).join("");
  const result = await sql.query(
    `SELECT i.id, f.name, f.released, f.genres${selected} FROM ${index} i LEFT JOIN
       (SELECT * FROM ${side} QUALIFY row_number() OVER (PARTITION BY id ORDER BY row) = 1) f ON f.id = i.id
     ORDER BY i.index`,
  );
  const columns = new Map(result.columns);
  attributes.forEach((name, at) => {
    columns.set(`${ATTRIBUTE}${name}`, numericWhereAll(texts(result, `a${at}`)));
  });
  const repeated = await sql.query(`SELECT count(*) - count(DISTINCT id) AS count FROM ${side}`);
  const count = numbers(repeated, "count")[0];
  const description = `${nameOf(source)} names a ${key} twice: the first row was kept`;
  const joined = source === undefined ? undefined : await joinedShare(environment, source, key, side);
  await sql.query(`DROP TABLE ${side}`);
  const twice = count === 0 ? undefined : { kind: `duplicate-${key}s`, count, description };
  return { columns, repairs: [...repairs, twice, joined].filter((repair) => repair !== undefined) };
}

function nameOf(source: EntitySource | undefined): string {
  const path = source?.path ?? "";
  return (typeof path === "string" ? path : (path[0] ?? "")).replace(/^.*[/\\]/u, "");
}

/** How many of those in the events the side table knows. Throws a `FailureError` where it knows none: two files that do not belong together. */
async function joinedShare(
  { sql }: SourceEnvironment,
  source: EntitySource,
  key: "member" | "title",
  side: string,
): Promise<Repair | undefined> {
  const found = await sql.query(
    `SELECT count(*) AS count, count(*) FILTER (known) AS known, coalesce(min(id), '') AS example, coalesce((SELECT min(id) FROM ${side}), '') AS other
     FROM (SELECT DISTINCT ${key} AS id, ${key} IN (SELECT id FROM ${side}) AS known FROM ${STAGED_EVENTS})`,
  );
  const [count, known] = ["count", "known"].map((name) => numbers(found, name)[0]);
  if (known === 0) {
    throw new FailureError({
      code: "no-join",
      message: `none of the ${count} ${key}s in the events is in the side table: \`${texts(found, "example")[0]}\` there, \`${texts(found, "other")[0]}\` here`,
      where: typeof source.path === "string" ? source.path : source.path.join(", "),
      fix: `check which column holds the ${key} in each file: \`columns: { ${key}: … }\``,
    });
  }
  const description = `${key}s of the events are not in ${nameOf(source)} (${Math.round((known / count) * 1000) / 10}% of ${count} are): nothing is known about them`;
  return known === count ? undefined : { kind: `unknown-${key}s`, count: count - known, description };
}

interface StagedFacts {
  /** Names of the attributes, in the order of the columns a0, a1, … */
  readonly attributes: readonly string[];
  readonly repairs: readonly Repair[];
}

async function stageFacts(
  environment: SourceEnvironment,
  source: EntitySource | undefined,
  policy: RepairPolicy,
  side: string,
): Promise<StagedFacts> {
  const { sql } = environment;
  if (source === undefined) {
    await sql.query(
      `CREATE OR REPLACE TEMP TABLE ${side} (row BIGINT, id VARCHAR, name VARCHAR, released DOUBLE, genres VARCHAR)`,
    );
    return { attributes: [], repairs: [] };
  }
  const table = await openSourceTable(environment, source.path, source.layout);
  const { id, name = "NULL", released = "NULL", genres = "NULL", attributes = {} } = source.select(table);
  const extra = Object.values(attributes).map((expression, at) => `, CAST(${expression} AS VARCHAR) AS a${at}`);
  await queryFile(
    environment,
    table,
    `CREATE OR REPLACE TEMP TABLE ${side} AS
     SELECT row, id, name, CASE WHEN isfinite(released) THEN released END AS released, genres${attributeColumns(attributes)}
     FROM (SELECT row_number() OVER () AS row, trim(CAST(${id} AS VARCHAR)) AS id, CAST(${name} AS VARCHAR) AS name,
         CAST(${released} AS DOUBLE) AS released, CAST(${genres} AS VARCHAR) AS genres${extra.join("")}
       FROM ${table.from}) WHERE coalesce(id, '') <> ''`,
    source.layout.kind,
  );
  const malformed = repairMalformed(table, policy);
  return { attributes: Object.keys(attributes), repairs: malformed === undefined ? [] : [malformed] };
}

function attributeColumns(attributes: Readonly<Record<string, string>>): string {
  return Object.keys(attributes)
    .map((_, at) => `, a${at}`)
    .join("");
}

function textColumn(columns: ReadonlyMap<string, Column>, name: string): readonly string[] {
  return Array.from(columns.get(name) ?? [], String);
}

function attributesOf(columns: ReadonlyMap<string, Column>): ReadonlyMap<string, Column> {
  const found = [...columns].filter(([name]) => name.startsWith(ATTRIBUTE));
  return new Map(found.map(([name, column]) => [name.slice(ATTRIBUTE.length), column]));
}

/** Names that sources write for "none". */
const NO_GENRE = new Set(["", "unknown", "(no genres listed)"]);

function splitGenres(written: readonly string[]): TitleGenres {
  const lists = written.map((text) => [...new Set(text.split("|"))].filter((name) => !NO_GENRE.has(name)));
  const names = [...new Set(lists.flat())].sort();
  const codes = new Map(names.map((name, code) => [name, code]));
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, title) => {
    offsets[title + 1] = offsets[title] + list.length;
  });
  return { names, offsets, indices: Int32Array.from(lists.flat(), (name) => codes.get(name) ?? 0) };
}

/** The texts of a column that all are numbers as float64, other columns as they are; NaN for an empty text. */
function numericWhereAll(column: readonly string[]): Column {
  const values = column.map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const isNumeric = column.every((text, index) => text.trim() === "" || Number.isFinite(values[index]));
  return isNumeric && column.some((text) => text.trim() !== "") ? Float64Array.from(values) : column;
}
