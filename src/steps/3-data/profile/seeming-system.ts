/** The system that a table of rows seems to be for, and why. */

import { columnAs, type FilesProfile, type ProfiledFile } from "./profiled-files.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { OTHER_IN_EACH_ROW, photosIn, type SaidColumns } from "./said-label.ts";
import { isOutcome } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";

export function systemOf({ profile }: ProfiledFile, said: SaidColumns): Pick<FilesProfile, "system" | "why"> {
  const [member, item, label, amount] = (["member", "item", "label", "amount"] as const).map((role) =>
    columnAs(profile, role),
  );
  const terminal = columnAs(profile, "terminal");
  // Who says who did something with what has not asked for a score of rows.
  const isSaidWho = said.label === undefined && (said.user !== undefined || said.item !== undefined);
  if (
    label !== undefined &&
    !isSaidWho &&
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
    !isSaidWho &&
    (said.label !== undefined ||
      item === undefined ||
      member === undefined ||
      isLogOfCases(profile, [member, item]) ||
      isOutcome(label))
  )
    return {
      system: "binary-classification",
      why: `${spokenColumn(label.name)} is one of two values, and rows are described by ${profile.columns.length - 1} other columns`,
    };
  if (member !== undefined && item !== undefined && !saysWhoDidWhat(profile))
    return {
      system: "unknown",
      why: `${spokenColumn((isOwnInEachRow(profile, member) ? member : item).name)} ${OTHER_IN_EACH_ROW}: rows describe one each, and say nothing of who did what`,
    };
  if (member !== undefined && item !== undefined)
    return {
      system: "recommendation",
      why: `rows say who (${spokenColumn(member.name)}) did something with what (${spokenColumn(item.name)})`,
    };
  const photos = photosIn(profile.columns);
  if (photos !== undefined) return { system: "unknown", why: `${spokenColumn(photos)} names files of photos` };
  return { system: "unknown", why: "no column seems to be a label, and no two say who and what" };
}

/** Whether rows say who did something with what: where neither ever comes again, each row describes one of them. */
export function saysWhoDidWhat(profile: TableProfile): boolean {
  const [member, item] = [columnAs(profile, "member"), columnAs(profile, "item")];
  if (member === undefined || item === undefined) return false;
  return !isOwnInEachRow(profile, member) && !isOwnInEachRow(profile, item);
}

/** In fewer rows nothing need come again. */
const FEWEST_ROWS = 20;

function isOwnInEachRow({ rows }: TableProfile, { distinct, isCounted }: ProfiledColumn): boolean {
  return isCounted && rows >= FEWEST_ROWS && distinct === rows;
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
