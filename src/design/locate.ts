/** Turns offsets of a text into lines and columns. */

import type { Position, Span } from "../core/span.ts";

/** The place of a stretch of the text, given by offsets. */
export type Locate = (start: number, end: number) => Span;

export const BYTE_ORDER_MARK = "\uFEFF";

/** Lines end with LF, CRLF or CR, mixed as they may be. A byte-order mark takes no column. */
export function createLocator(text: string, file: string): Locate {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\n|\r/gu)) starts.push(match.index + match[0].length);
  const position = (offset: number): Position => {
    const bounded = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= bounded) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, bounded - starts[low] + 1), offset: bounded };
  };
  return (start, end) => ({ file, start: position(start), end: position(Math.max(start, end)) });
}
