/** Text cut to its room where nothing is torn: behind a word, never within what stands between backticks or between a number and its unit. */

/** As much of the beginning as fits, and ` …`; the text itself where it fits. What is shown can be typed as it stands. */
export function shortenedText(text: string, room: number): string {
  if (text.length <= room) return text;
  let end = 0;
  for (const piece of text.matchAll(PIECE)) {
    const to = piece.index + piece[0].length;
    if (to + MORE.length > room) break;
    end = to;
  }
  if (end > 0) return `${text.slice(0, end).replace(/[,;:(]$/u, "")}${MORE}`;
  const first = text.match(PIECE)?.[0] ?? "";
  // Half of a word is recognised; half of a number is another, and half of a fact none.
  return /^[\p{L}\p{M}'’-]+[,;:.]?$/u.test(first) ? `${text.slice(0, Math.max(1, room - 1))}…` : "…";
}

const MORE = " …";

/** A number with the word behind it, or words that backticks hold together, with what touches them. */
const PIECE = /(?:[^\s`]*`[^`]*`[^\s`]*)+|[^\s`]*\d[^\s`]*(?:[ \t\u00A0]+[^\s`\d]+(?=\s|$))?|\S+/gu;
