/** Where lines of a text begin and end, whatever their endings. */

export function startOfLine(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}

/** Before the line's ending. */
export function endOfLine(text: string, at: number): number {
  const ending = /\r\n|\n|\r/gu;
  ending.lastIndex = at;
  return ending.exec(text)?.index ?? text.length;
}

/** Behind the line ending that stands at `at`; `at` where none does. */
export function lineAfter(text: string, at: number): number {
  return at + (/^(?:\r\n|\n|\r)/u.exec(text.slice(at, at + 2))?.[0].length ?? 0);
}

/** The line ending of the text's first line. */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/u.exec(text)?.[0] ?? "\n";
}

/** Where the two line endings begin that stand before `at`; `at` where none do. */
export function beforeGap(text: string, at: number): number {
  const gap = /(?:\r\n|\n|\r(?!\n)){2}$/u.exec(text.slice(Math.max(0, at - 4), at));
  return at - (gap?.[0].length ?? 0);
}
