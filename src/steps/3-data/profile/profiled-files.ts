/** What a look at several files gives: each table, how they join, and the system that they seem to be for. */

import type { Failure } from "../../../core/outcome.ts";
import type { RowFormat } from "../sources/table-types.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";

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
  /** Why no note can be drafted from these files as they are: the question that is missing, and the way out. */
  readonly stops?: Failure;
}

/** The column of a role, where the table has one. */
export function columnAs(profile: Pick<TableProfile, "columns">, role: Role): ProfiledColumn | undefined {
  return profile.columns.find((column) => column.role === role);
}
