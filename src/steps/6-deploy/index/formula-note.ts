/** What the bytes by formula of a built index count, and where `heptad estimate` counts something else. */

import { exactInt8Index } from "./exact-int8.ts";

/** The codes of `exact-int8` in the order that they give, with no float32 rows beside them. */
export const CODES_ALONE = "int8 codes";

export function formulaNote(type: string): string {
  if (type === CODES_ALONE) return "codes and a scale a row; `heptad estimate` counts the codes";
  return type === exactInt8Index.type
    ? "codes, a scale a row, and the float32 rows that score the best again; `heptad estimate` counts the codes"
    : "the estimate's formula for this kind of index";
}
