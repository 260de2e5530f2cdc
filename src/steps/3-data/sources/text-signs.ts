/** What each character may be to a row of delimited text, looked up by its code: one look a character tells most of a file. */

import type { TextDialect } from "./text-dialect.ts";

export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const BLANK = 32;

/** What a character may be to a row of ordinary cells: those up to `STOP` end a cell, those from `EDGE` on are part of one. */
export const PART = 1;
const FEED = 2;
export const RETURN = 3;
export const STOP = 4;
/** A blank, which may be taken off the ends of a cell. Beyond ASCII there are more of them, and all are taken for such. */
export const EDGE = 5;
/** Begins a word for a missing value. */
const WORD = 6;
/** Begins a comment at the beginning of a row; elsewhere it may begin a word. */
export const MARK = 7;

/** By the code of a character. */
export function createSignTable({ delimiter, quote, comment }: TextDialect, missing: readonly string[]): Uint8Array {
  const table = new Uint8Array(1 << 16).fill(EDGE, 128);
  table[BLANK] = EDGE;
  for (const word of missing) if (word !== "") table[word.charCodeAt(0)] = WORD;
  if (comment !== "") table[comment.charCodeAt(0)] = MARK;
  table[LINE_FEED] = FEED;
  table[CARRIAGE_RETURN] = RETURN;
  table[0] = STOP;
  if (quote !== "") table[quote.charCodeAt(0)] = STOP;
  if (delimiter !== "") table[delimiter.charCodeAt(0)] = PART;
  return table;
}
