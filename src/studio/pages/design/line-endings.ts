/** Line endings: a page works on lines that end with one character, and each line is written back with the ending that it had. */

import { changes } from "./keep-both.ts";

const ENDING = /\r\n|\n|\r/u;

/** The text with one kind of ending, as the editor counts its places. */
export function withPlainEndings(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/gu, "\n") : text;
}

/** The text with the endings of `file`, which it grew from: lines that stood there keep theirs, and a new one ends as the one before it. */
export function withEndingsOf(file: string, text: string): string {
  if (!file.includes("\r")) return text;
  const lines = withPlainEndings(text).split("\n");
  const endings = [...file.matchAll(new RegExp(ENDING, "gu"))].map(([ending]) => ending);
  if (new Set(endings).size < 2) return lines.join(endings[0] ?? "\n");
  const before = withPlainEndings(file).split("\n");
  const kept: (string | undefined)[] = [];
  let at = 0;
  for (const { from, to, lines: now } of changes(before, lines)) {
    kept.push(...endings.slice(at, from), ...now.map((_, i) => (from + i < to ? endings[from + i] : undefined)));
    at = to;
  }
  kept.push(...endings.slice(at));
  let last = endings[0];
  return lines
    .map((line, i) => {
      if (i === lines.length - 1) return line;
      last = kept[i] ?? last;
      return line + last;
    })
    .join("");
}
