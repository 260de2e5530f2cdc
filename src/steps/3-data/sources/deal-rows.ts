/** Rows of data without time, dealt at random or by whole groups: the order they are dealt in stands where moments would. */

import { DAY } from "../../../core/day.ts";
import type { Dealt } from "../scored-task.ts";
import { cellText } from "./cell-text.ts";
import type { SourceTable } from "./table-types.ts";

/** All rows, in the days that stand for hundredths of them. */
export const ALL = 100;

/** SQL that orders rows without regard to what they hold: the same for all rows of a group, so that a group is dealt whole. */
export function dealOf(table: SourceTable, dealt: Dealt | undefined): string {
  if (dealt === undefined) return "CAST(NULL AS VARCHAR)";
  const row = "'row ' || CAST(row_number() OVER () AS VARCHAR)";
  return `md5(${dealt.group === null ? row : `coalesce('group ' || ${cellText(table, dealt.group)}, ${row})`})`;
}

/** Places of a hundred days, by the number of each row's deal, ascending; rows of one deal share the place of their first. */
export function dealtMoments(deals: ArrayLike<number>): Float64Array {
  const moments = new Float64Array(deals.length);
  for (let row = 0; row < deals.length; row++)
    moments[row] = row > 0 && deals[row] === deals[row - 1] ? moments[row - 1] : (row / deals.length) * ALL * DAY;
  return moments;
}

/**
 * When a label may be read: at once where its row is trained on, by the rows dealt after it (ordered target statistics, Prokhorenkova et al.
 * 2018, CatBoost); of a part that is judged, only when that part has ended, so that no judged row reads the label of another.
 */
export function knownByPart(moments: Float64Array, { validation, test }: Dealt): Float64Array {
  const [from, until] = [(ALL - test - validation) * DAY, (ALL - test) * DAY];
  return moments.map((at) => (at < from ? at : at < until ? until : ALL * DAY));
}
