/** What a drafted note says of time: how long labels are waited for, and how rows are divided. */

import { ASKED } from "./drafted-marks.ts";
import { columnKey, quoted } from "./note-words.ts";
import { columnAs, type FilesProfile } from "./profiled-files.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { isIdentifier } from "./seeming-role.ts";

const DAY = 86_400;

/** How long labels take, as measured, else a placeholder which the history leaves room for; and what the split waits. In days. */
export function waitOf(profile: TableProfile): number {
  const measured = profile.later === undefined ? 7 : Math.max(1, Math.ceil(profile.later.within / DAY));
  return profile.later === undefined
    ? Math.min(measured, Math.max(1, Math.round((daysOf(profile) ?? 70) / 10)))
    : measured;
}

/** Rows that have a later moment, from which on it may be when every label was known. */
const NEARLY_ALL = 0.99;

/** Whether the data says for each row when its label may have become known. */
export function saysWhenKnown({ later }: TableProfile): boolean {
  return later !== undefined && later.share >= NEARLY_ALL;
}

export function daysOf({ time }: TableProfile): number | undefined {
  return time === undefined ? undefined : (time.last - time.first) / DAY;
}

export function timeLines({ time, timeQuestion }: TableProfile): readonly string[] {
  if (time !== undefined) return [`time: ${quoted(time.column)}   # measured: ${time.says}`];
  return [
    `time: none   # ${timeQuestion === undefined ? "measured: no column holds moments" : `${ASKED}: see the first question`}`,
  ];
}

export function splitLine({ system }: FilesProfile, profile: TableProfile): string {
  const days = daysOf(profile);
  if (days === undefined && system === "binary-classification") {
    const together = unitOf(profile);
    return together === undefined
      ? "split: { by: random, validation: 10%, test: 20% }   # proposed: without time rows are dealt at random"
      : `split: { by: group, group: ${columnKey(together.name)}, validation: 10%, test: 20% }   # proposed: without time, all rows of one stay together`;
  }
  if (days === undefined)
    return "split: { by: random-per-member, validation: 10%, test: 20% }   # proposed: without time nothing else is fair";
  if (system === "fraud-detection" || system === "binary-classification") {
    const test = Math.max(1, Math.round(days / 8));
    // An earlier round waits for its labels too: two waits and two tests go before the training.
    const wait = waitOf(profile);
    const room = Math.floor(days) - 2 * (wait + test);
    const train = Math.max(1, Math.min(Math.round(days / 2), room > test ? room : Math.floor(days) - wait - test));
    return `split: { by: time, train: ${train} d, gap: ${wait} d, test: ${test} d }   # proposed`;
  }
  return "split: { by: time, train: 70%, validation: 10%, test: 20% }   # proposed";
}

/** Who has several rows, or else which list or order: they stay together where rows are dealt. */
export function unitOf(profile: TableProfile): ProfiledColumn | undefined {
  const member = columnAs(profile, "member");
  if (member !== undefined) return hasSeveralRows(member) ? member : undefined;
  return profile.columns.find(
    (column) =>
      column.role === "attribute" &&
      isIdentifier(column.name) &&
      hasSeveralRows(column) &&
      column.rows < FEWEST_OF_ONE * column.distinct,
  );
}

/** An identifier with fewer rows each names a list, an order or a visit: nothing that is learned of one says anything of another. */
export const FEWEST_OF_ONE = 10;

/** Whether a rate of earlier rows can say anything of a row: nearly every row of its own is met once. */
function hasSeveralRows({ rows, distinct }: ProfiledColumn): boolean {
  return rows >= 2 * distinct;
}
