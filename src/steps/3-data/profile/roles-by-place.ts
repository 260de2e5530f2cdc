/** What columns without names seem to be: by their order and their values. */

import type { ColumnProfile } from "./column-profile.ts";
import { describeValues, holdsEvents, isTwo, type SeemingRole, seemingRole } from "./seeming-role.ts";

/** More columns than this stand in no common order. */
const MOST_BY_PLACE = 8;

const isOneOfTwo = ({ distinct, missing, rows }: ColumnProfile): boolean =>
  distinct === 2 && missing === 0 && rows > 20;

/** The place after `place` that holds no moment. */
function followerOf(place: number, isTime: readonly boolean[]): number {
  let next = place + 1;
  while (isTime[next - 1]) next++;
  return next;
}

/**
 * Roles for columns without names: people are told from things by their order, as the common layouts have it — who, what, how much, when.
 * `isTime` marks the columns that hold moments.
 */
export function rolesByPlace(columns: readonly ColumnProfile[], isTime: readonly boolean[]): readonly SeemingRole[] {
  // Sets for classification put the label first or last among many columns; four or five are who, what, how much and when.
  const ends = columns.length < 6 ? [] : [columns[0], columns[columns.length - 1]];
  const label = ends.find(isTwo) ?? (columns.length > MOST_BY_PLACE ? ends.reverse().find(isOneOfTwo) : undefined);
  if (label !== undefined)
    return columns.map((column) =>
      column === label
        ? {
            role: "label",
            why: `one of two values, ${column.place === 1 ? "first" : "last"} of many columns`,
            strength: 1,
          }
        : seemingRole(column, false),
    );
  // What so many columns are no order says.
  if (columns.length > MOST_BY_PLACE) return columns.map((column) => seemingRole(column, false));
  const event = columns.find((column) => !isTime[column.place - 1] && holdsEvents(column));
  const many = columns.filter(
    (column, at) => !isTime[at] && column !== event && column.kind !== "number" && column.distinct > 10,
  );
  // A value of its own in each row names the row, neither who nor what.
  const again = many.filter(({ rows, distinct }) => rows <= 20 || distinct !== rows);
  const ids = (again.length >= 2 ? again : many).map(({ place }) => place);
  return columns.map((column, at): SeemingRole => {
    const base = seemingRole(column, false);
    if (isTime[at] || (base.role !== "attribute" && base.role !== "constant")) return base;
    const says = describeValues(column);
    if (column === event) return { role: "event", why: `words for what people do: ${says}`, strength: 1 };
    if (column.place === ids[0] || (ids.length < 2 && column.place === 1))
      return { role: "member", why: `the first column of identifiers: ${says}`, strength: 1 };
    if (column.place === ids[1] || (ids.length < 2 && column.place === 2))
      return { role: "item", why: `the second column of identifiers: ${says}`, strength: 1 };
    // How much stands beside what; and where words say what was done, a number beside them may be anything.
    const isScale =
      event === undefined &&
      column.place === followerOf(ids[1] ?? 2, isTime) &&
      (column.kind === "whole" || column.kind === "number") &&
      column.distinct <= 21 &&
      column.least >= -1 &&
      column.most <= 100;
    if (isScale) return { role: "value", why: `a scale: ${says}`, strength: 1 };
    return base;
  });
}
