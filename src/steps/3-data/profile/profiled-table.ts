/** What a look at a table gives: its columns with their roles, its moments, and what stands out. */

import type { ColumnProfile } from "./column-profile.ts";
import type { Contradiction } from "./contradicting-rows.ts";
import type { Role } from "./seeming-role.ts";

/** A column with what it seems to be. */
export interface ProfiledColumn extends ColumnProfile {
  readonly role: Role;
  readonly why: string;
}

export interface TimeProfile {
  readonly column: string;
  readonly says: string;
  /** Seconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Cells that are no moment, or lie before 1980 or after today. */
  readonly doubtful: number;
}

/** A second column of moments that never lie before the first. */
export interface LaterMoment {
  readonly column: string;
  /** Share of the rows that have it. */
  readonly share: number;
  /** Seconds after the row's moment, up to which 95 % of those lie. */
  readonly within: number;
}

export interface TableProfile {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly ProfiledColumn[];
  readonly understood: readonly string[];
  readonly time?: TimeProfile;
  /** A moment after the row's own, where there is a label: what may say when the label became known. */
  readonly later?: LaterMoment;
  /** Why no time could be read, where a column seems to be one: the question that is missing. */
  readonly timeQuestion?: string;
  /** The column that this question is about. */
  readonly timeAsked?: string;
  /** A date that stands in parts beside `time`, as a question. */
  readonly dateInParts?: string;
  /** Rows that are the same as an earlier one in every cell. */
  readonly repeated: number;
  /** Whether `repeated` was counted in a share of the rows alone. */
  readonly isRepeatedEstimated: boolean;
  /** Share of the rows of which an earlier one names the same member and item; absent where the table does not name both. */
  readonly again?: number;
  /** Rows that say another value or label than the last row of the same; not looked for in very long tables. */
  readonly contradiction?: Contradiction;
  /** Columns that give the label away. */
  readonly leaks: readonly { readonly column: string; readonly why: string }[];
  /** Share of positives where there is a label. */
  readonly positives?: number;
  /** Rows and the mean of the value or label, by week since the first moment. */
  readonly weeks: readonly { readonly week: number; readonly rows: number; readonly mean: number }[];
  /** Columns whose cells are lists, each with one of its cells. */
  readonly lists: ReadonlyMap<string, string>;
  /** Rows that could not be read, with the first place. */
  readonly malformed?: { readonly count: number; readonly where: string; readonly reason: string };
}

/** Days that the rows span: of dates without a time of day the last one counts whole. */
export function daysSpanned({ first, last }: Pick<TimeProfile, "first" | "last">): number {
  const days = (last - first) / 86_400;
  return first % 86_400 === 0 && last % 86_400 === 0 ? days + 1 : days;
}
