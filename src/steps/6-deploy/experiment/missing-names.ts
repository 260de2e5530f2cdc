/** Units and arms whose cell holds a word for nothing: read as a name, `NULL` would make one unit, or one arm, of all of them. */

import { sqlText } from "../../3-data/sources/sql-text.ts";

/** Words that exports write where there is no value, in any capitals; an arm may be called `none`. */
const NO_ARM = ["", "null", "na", "n/a", "#n/a", "<na>", "nan", "\\n"];
const NO_UNIT = [...NO_ARM, "none"];

/** Whether the text holds no name of a unit. */
export function lacksUnit(text: string): string {
  return lacks(text, NO_UNIT);
}

/** The name of an arm, or NULL where the text holds none. */
export function armName(text: string): string {
  return `CASE WHEN NOT ${lacks(text, NO_ARM)} THEN ${text} END`;
}

function lacks(text: string, words: readonly string[]): string {
  return `(${text} IS NULL OR lower(trim(${text})) IN (${words.map(sqlText).join(", ")}))`;
}
