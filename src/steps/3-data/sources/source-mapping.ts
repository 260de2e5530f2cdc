/** A note's source as what it is read as: files, layout, time, and which column holds what. One form for the readers of every kind. Plain data. */

import type { Preferences } from "../preferences.ts";
import { combineTables, type NamedTable } from "./combine-tables.ts";
import type { RepairPolicy } from "./repair-policy.ts";
import { expandPaths, mapPaths } from "./source-paths.ts";
import { openSourceTable } from "./source-table.ts";
import type { Layout, SourceEnvironment, SourceTable } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";
import type { LabelAnswers } from "./value-kinds.ts";

/** One path or several, as a note writes them; a folder and a pattern are allowed. */
export type WrittenPath = string | readonly string[];

/** Files of one form, or files by the event that all their rows are. */
export type MappedPath = WrittenPath | { readonly [event: string]: WrittenPath };

/** A column and what it holds. */
export type MappedColumn = {
  /** As the note calls it: `member`, `amount`. */
  readonly meaning: string;
  /** Its name or number in the file. */
  readonly column: string;
  readonly holds: ColumnHolds;
  /** What the values of a label mean, where the note names them. */
  readonly answers?: LabelAnswers;
  /** Left out where the file has no such column. */
  readonly isOptional?: boolean;
};

/**
 * `id` has to be there in each row; `key` may be missing; `number` is a number in each row; `rating` is one where it is filled; `input` is
 * what a feature reads, numbers or words; `any` is not looked at but for being there.
 */
export type ColumnHolds = "id" | "key" | "number" | "rating" | "input" | "label" | "event" | "any";

/** A table that describes what one column of the rows names. */
export type MappedSide = {
  /** `titles` or `profiles`. */
  readonly name: string;
  readonly path: string;
  readonly layout: Layout;
  /** The meaning of the rows' column that it describes. */
  readonly of: string;
  /** The column of its own that names the same. */
  readonly key: string;
  /** Other columns that the note names there, by meaning. */
  readonly columns: readonly MappedColumn[];
};

/** Stands for every cell of a row among what makes two rows the same. */
export const WHOLE_ROW = "*";

export type SourceMapping = {
  readonly path: MappedPath;
  readonly layout: Layout;
  readonly columns: readonly MappedColumn[];
  /** Absent for data without time. */
  readonly time?: TimeColumn;
  /** When a row became known, where a column says it. */
  readonly known?: TimeColumn;
  /** Names of the note's own for the values of the event's column. */
  readonly events?: { readonly [value: string]: string };
  /** Names of events that need no mapping. */
  readonly knownEvents?: readonly string[];
  /** What every row is where no column says it. */
  readonly onlyEvent?: string;
  readonly preferences?: Preferences;
  /** Meanings that make two rows the same; `time` is the moment, `WHOLE_ROW` all cells. None where rows may repeat. */
  readonly same: readonly string[];
  readonly sides: readonly MappedSide[];
  readonly policy: RepairPolicy;
};

/** The layout with names that a header would hold, so that a first row of names is told from a first row of data. */
export function expecting(layout: Layout, names: readonly string[]): Layout {
  if (layout.kind === "parquet") return layout;
  return { ...layout, expected: names.filter((name) => !/^\d+$/u.test(name)) };
}

/** Whether a written path names one file an event. */
export function isByEvent(path: MappedPath): path is { readonly [event: string]: WrittenPath } {
  return typeof path === "object" && !Array.isArray(path);
}

/** All paths, by the name that the note gives each. */
export function writtenPaths(path: MappedPath): readonly (readonly [event: string, path: WrittenPath])[] {
  return isByEvent(path) ? Object.entries(path) : [["", path]];
}

/** The rows of all files as one table; rows of files by event have the event's name in the column `event`. */
export async function openMapped(
  environment: SourceEnvironment,
  path: MappedPath,
  layout: Layout,
): Promise<SourceTable> {
  const tables: NamedTable[] = [];
  for (const [name, written] of writtenPaths(path)) {
    const files = await expandPaths(environment.files, written);
    tables.push({ name, table: await openSourceTable(environment, files, layout) });
  }
  return isByEvent(path) ? combineTables(environment, tables, "event") : tables[0].table;
}

/** The files that a mapping reads, side tables among them. */
export async function listMapped(
  { files }: Pick<SourceEnvironment, "files">,
  { path, sides }: { readonly path: MappedPath; readonly sides: readonly { readonly path: string }[] },
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [, written] of writtenPaths(path)) found.push(...(await expandPaths(files, written)));
  return [...found, ...sides.map((side) => side.path)];
}

/** The same paths, each changed; `change` is told `source`, `source.0`, or `source.view` of files by event. */
export function mapMapped(path: MappedPath, change: (path: string, name: string) => string): MappedPath {
  if (!isByEvent(path)) return mapPaths("source", path, change);
  return Object.fromEntries(
    Object.entries(path).map(([event, one]): [string, WrittenPath] => [
      event,
      mapPaths(`source.${event}`, one, change),
    ]),
  );
}
