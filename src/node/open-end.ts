/** The last line of a text that has no line end: it may have been cut, and a cut number is another number. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";

/** As much of a line as is shown and looked for. */
const TAIL = 4096;
/** Of these the last byte is no line's. */
const NO_TEXT = /\.(?:parquet|gz|zst)$/iu;

/** Undefined where the file ends with its line, is empty, or is no text. */
export function openEndOf(path: string): { readonly file: string; readonly line: string } | undefined {
  if (NO_TEXT.test(path)) return undefined;
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const tail = bytes.toString("utf8");
    if (tail === "" || /[\n\r]$/u.test(tail)) return undefined;
    return {
      file: basename(path),
      line:
        tail
          .split(/[\n\r]/u)
          .at(-1)
          ?.slice(0, 80) ?? "",
    };
  } finally {
    closeSync(file);
  }
}
