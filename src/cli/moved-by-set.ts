/** Which answers of an estimate another value of a fact has moved: what is computed from other facts stands as it was, and is not said to hold at the new one. */

import type { DesignEstimate } from "../note/estimate-design.ts";

/** So many are named; the rest are counted. */
const MOST_NAMED = 4;

/** `moved by --set: traffic, cost and 2 more; the rest is computed from other facts`. */
export function movedBySet(before: DesignEstimate, after: DesignEstimate): string {
  const chosen = ({ sheets }: DesignEstimate) => sheets.filter(({ isAlternative }) => !isAlternative);
  const name = ({ title, subject }: DesignEstimate["sheets"][number]): string =>
    subject === "" ? title : `${title}: ${subject}`;
  const old = new Map(chosen(before).map((sheet) => [name(sheet), sheet.answer?.value]));
  const moved = chosen(after)
    .filter((sheet) => sheet.answer?.value !== old.get(name(sheet)))
    .map(name);
  if (moved.length === 0) return "moved by --set: nothing; every answer is computed from other facts";
  const rest = moved.length - MOST_NAMED;
  const named = moved.slice(0, MOST_NAMED).join(", ");
  return `moved by --set: ${named}${rest > 0 ? ` and ${rest} more` : ""}; the rest is computed from other facts`;
}
