/** Which files describe the members and items of another: those of one row for each, and how many of the identifiers they know. */

import { fileName } from "../../../core/file-name.ts";
import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { columnAs, type Join, type ProfiledFile } from "./profiled-files.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";

/** Joins by columns of the same role or the same name: the main file's identifiers that the other knows. Without names, by the values. */
export async function joinsBetween(
  environment: SourceEnvironment,
  main: ProfiledFile & { readonly table: SourceTable },
  side: ProfiledFile & { readonly table: SourceTable },
): Promise<readonly Join[]> {
  if (isLogOfEvents(side.profile)) return [];
  const joins: Joined[] = [];
  const isNamed = !hasNumbersForNames(side.profile);
  let isByValue = false;
  for (const role of ["item", "member"] as const) {
    const column = columnAs(main.profile, role);
    if (column === undefined) continue;
    const alike = isNamed ? namedAlike(side.profile, column, role) : undefined;
    const other = alike ?? (isNamed ? plainId(side.profile) : keyWithoutName(side.profile));
    isByValue ||= alike === undefined && other !== undefined;
    const join = other === undefined ? undefined : await joinOf(environment, [main, column], [side, other]);
    if (join?.isKey === true) joins.push(join);
  }
  const most = Math.max(...joins.map(({ likeness }) => likeness));
  // A side whose key has no name of its own describes one of the two, the one whose identifiers its own are most like.
  const kept = isByValue ? joins.filter(({ likeness }) => likeness > 0 && likeness === most).slice(0, 1) : joins;
  return kept.map(({ likeness: _, isKey: __, ...join }) => join);
}

/** One side a column: the one that says most of what a note can name, then the one that knows most. */
export function oneForEach(joins: readonly Join[], files: readonly ProfiledFile[], main: number): readonly Join[] {
  const says = ({ to, toColumn }: Join): number => {
    const side = files.find(({ paths }, at) => at !== main && fileName(paths[0]) === to);
    const others = (side?.profile.columns ?? []).filter(({ name, kind }) => name !== toColumn && kind !== "empty");
    const named = [NAMES, KINDS, RELEASES].filter((pattern) => others.some(({ name }) => pattern.test(name))).length;
    return named * 100 + Math.min(others.length, 99);
  };
  const best = new Map<string, Join>();
  for (const join of joins) {
    const known = best.get(join.column);
    if (known === undefined || says(join) + join.share > says(known) + known.share) best.set(join.column, join);
  }
  return [...best.values()];
}

/** What an item is called, what it is of, and since when there is one. */
export const NAMES = /title|name/iu;
export const KINDS = /genre|categor|tags/iu;
export const RELEASES = /release|year|publish/iu;

/** Who and what, of things that come again: rows of what people did, which describe neither. */
export function isLogOfEvents(profile: TableProfile): boolean {
  const [member, item] = [columnAs(profile, "member"), columnAs(profile, "item")];
  if (member === undefined || item === undefined || profile.rows < 2 * item.distinct) return false;
  // Without names the first column of a table of things is what identifies them: `1|24|M|technician`.
  if (hasNumbersForNames(profile) && keyWithoutName(profile) !== undefined) return false;
  return profile.time !== undefined || member.distinct < profile.rows;
}

function hasNumbersForNames({ columns }: TableProfile): boolean {
  return columns.every(({ name, place }) => name === String(place));
}

function namedAlike(side: TableProfile, column: ProfiledColumn, role: "item" | "member"): ProfiledColumn | undefined {
  const same = side.columns.find(({ name }) => sameName(name, column.name));
  return same ?? (columnAs(side, role === "item" ? "member" : "item") === undefined ? columnAs(side, role) : undefined);
}

/** The column that is called `id` and no more: of what, its values have to say. */
function plainId({ columns }: TableProfile): ProfiledColumn | undefined {
  return columns.find(({ name }) => /^_?id$/iu.test(name));
}

/** The first column, where each row has a value of its own there. */
function keyWithoutName({ columns: [first], rows }: TableProfile): ProfiledColumn | undefined {
  return first !== undefined && first.kind !== "number" && first.distinct === rows ? first : undefined;
}

interface Joined extends Join {
  readonly likeness: number;
  /** Whether the side has one row for each of what it names: several rows describe nothing, they are a log. */
  readonly isKey: boolean;
}

/** Of the identifiers of a side, how many may stand in a second row. */
const MOST_TWICE = 0.02;

type Keyed = readonly [ProfiledFile & { readonly table: SourceTable }, ProfiledColumn];

async function joinOf(environment: SourceEnvironment, [main, column]: Keyed, [side, other]: Keyed): Promise<Joined> {
  const found = await queryFile(
    environment,
    main.table,
    `WITH own AS (SELECT DISTINCT ${cellText(main.table, column.name)} AS v FROM ${main.table.from}),
       keyed AS (SELECT ${cellText(side.table, other.name)} AS v FROM ${side.table.from}),
       others AS (SELECT DISTINCT v FROM keyed)
     SELECT (SELECT count(v) FROM own) AS all_of, (SELECT count(v) FROM others) AS offered, (SELECT count(v) FROM keyed) AS keyed,
       (SELECT count(v) FROM own WHERE v IN (SELECT v FROM others WHERE v IS NOT NULL)) AS known`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  return {
    from: fileName(main.paths[0]),
    column: column.name,
    to: fileName(side.paths[0]),
    toColumn: other.name,
    share: of("known") / Math.max(1, of("all_of")),
    isKey: of("keyed") - of("offered") <= MOST_TWICE * of("keyed"),
    // Jaccard: what both have of what either has.
    likeness: of("known") / Math.max(1, of("all_of") + of("offered") - of("known")),
  };
}

function sameName(one: string, other: string): boolean {
  const tidy = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");
  return tidy(one) === tidy(other);
}
