/** A column in a sentence: by its name, or by its place where the file gives none. */

import { inOneLine } from "../../../core/one-line.ts";

/** `user_id` in code marks; `column 3` where the name is a number, which is all that a file without a header has. */
export function spokenColumn(name: string): string {
  return /^[1-9]\d{0,4}$/u.test(name) ? `column ${name}` : `\`${inOneLine(name)}\``;
}
