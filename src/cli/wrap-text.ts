/** Wraps text at words to the width of the window: lines by their own indent, sentences with colours and intervals in them. */

/** Lines that fit stay as they are; a word longer than the window stands on a line of its own. */
export function wrapLines(lines: readonly string[], width: number): string {
  return lines.flatMap((line) => wrapLine(line, Math.max(30, width))).join("\n");
}

function wrapLine(line: string, width: number): readonly string[] {
  if (visibleLength(line) <= width) return [line];
  const indent = /^\s*(?:[-+] |[a-h]\) |\d+\. |(?:\d+ )?│\s+(?:- )?)?/u.exec(line)?.[0] ?? "";
  const rest = indent.replaceAll(/[^│\s]/gu, " ");
  const wrapped: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(" ")) {
    const isFirst = current === indent || current === rest;
    if (!isFirst && visibleLength(current) + 1 + visibleLength(word) > width) {
      wrapped.push(current);
      current = `${rest}${word}`;
    } else current = isFirst ? `${current}${word}` : `${current} ${word}`;
  }
  return [...wrapped, current];
}

/** One text with colours in it, as lines of that indent; the bounds of an interval stay together, and colours take no room. */
export function wrapSentence(text: string, width: number, indent: string): string[] {
  const room = Math.max(30, width - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.replaceAll(BOUNDS, "[$1,\u00a0$2]").split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (line !== "" && visibleLength(candidate) > room) {
      lines.push(line);
      line = word;
    } else line = candidate;
  }
  return [...lines, line].map((one) => `${indent}${one.replaceAll("\u00a0", " ")}`);
}

/** A share as the terminal writes it, `15%`: pages part the sign from the number by a narrow space, and a terminal has none. */
export function tightShares(text: string): string {
  return text.replaceAll(/(?<=\d) %(?=$|[\s,.;:)\]'"])/gmu, "%");
}

const BOUNDS = /\[([^[\], ]+), ([^[\], ]+)\]/gu;

function visibleLength(text: string): number {
  // The escape character begins each colour sequence.
  return text
    .split("\u001b")
    .reduce((sum, part, i) => sum + (i === 0 ? part.length : part.replace(/^\[[\d;]*m/u, "").length), 0);
}
