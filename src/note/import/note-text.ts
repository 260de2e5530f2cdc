/** What every design of one note needs of its text, read once: a note may hold thousands of them. */

import { readOutline, type Stretch } from "../../design/markdown.ts";
import { isEnglish } from "../../review/prose-language.ts";

export interface NoteText {
  readonly english: boolean;
  /** Fences and comments in the order of the text. */
  readonly hidden: readonly Stretch[];
  /** Each with its ending. */
  readonly lines: readonly Stretch[];
}

const read = new WeakMap<object, NoteText>();

export function textOfNote(note: { readonly text: string }): NoteText {
  const made = read.get(note);
  if (made !== undefined) return made;
  const { blocks, comments } = readOutline(note.text);
  const hidden = [...blocks, ...comments].sort((a, b) => a.start - b.start);
  let end = 0;
  const lines = (note.text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/gu) ?? []).map((whole): Stretch => {
    const start = end;
    end += whole.length;
    return { start, end };
  });
  const text = { english: isEnglish(note.text), hidden, lines };
  read.set(note, text);
  return text;
}

/** The index of the first line that begins at a place or behind it. */
export function firstLineFrom(lines: readonly Stretch[], place: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
