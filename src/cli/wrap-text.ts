/** Wraps lines at words to the width of the window, further lines indented like the first, a bar beside a note going on. */

/** Lines that fit stay as they are; a word longer than the window stands on a line of its own. */
export function wrapLines(lines: readonly string[], width: number): string {
  return lines.flatMap((line) => wrapLine(line, Math.max(30, width))).join("\n");
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const indent = /^\s*(?:[-+] |[a-h]\) |\d+\. |(?:\d+ )?│\s+(?:- )?)?/u.exec(line)?.[0] ?? "";
  const rest = indent.replaceAll(/[^│\s]/gu, " ");
  const wrapped: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(" ")) {
    const isFirst = current === indent || current === rest;
    if (!isFirst && current.length + 1 + word.length > width) {
      wrapped.push(current);
      current = `${rest}${word}`;
    } else current = isFirst ? `${current}${word}` : `${current} ${word}`;
  }
  return [...wrapped, current];
}
