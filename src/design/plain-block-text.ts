/** Text under `|` or `>`, in the plain form in which questions and tables are written; anything else is left to the full reader. */

/** A line of the source: where its first character that is no space stands, how many spaces are before it, and where it ends. */
export interface SourceLine {
  readonly start: number;
  readonly indent: number;
  readonly end: number;
}

export function splitLines(source: string): SourceLine[] {
  const lines: SourceLine[] = [];
  let from = 0;
  while (from <= source.length) {
    const newline = source.indexOf("\n", from);
    const end = newline === -1 ? source.length : newline;
    let start = from;
    while (start < end && source[start] === " ") start++;
    lines.push({ start, indent: start - from, end });
    from = end + 1;
  }
  return lines;
}

export interface BlockText {
  readonly scalar: string;
  /** Offset behind the last character that is no space. */
  readonly end: number;
  /** Index of its last line. */
  readonly last: number;
}

/** Reads the text whose sign stands at `at`, on the line `index`, in a collection of this indentation; undefined where it is not plain. */
export function readBlockText(
  source: string,
  lines: readonly SourceLine[],
  { at, index, indent }: { readonly at: number; readonly index: number; readonly indent: number },
): BlockText | undefined {
  const header = source.slice(at, lines[index].end);
  if (!/^[|>]-?$/u.test(header)) return undefined;
  const isFolded = header.startsWith(">");
  const first = lines[index + 1];
  if (first === undefined || first.start === first.end || first.indent <= indent) return undefined;
  const texts: string[] = [];
  let last = index;
  let blank = 0;
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next];
    if (line.start === line.end) {
      if (line.indent > first.indent) return undefined;
      blank++;
      continue;
    }
    if (line.indent < first.indent) {
      if (line.indent > indent) return undefined;
      break;
    }
    // Folding keeps the breaks around deeper lines, and the blanks at the ends of lines.
    if (isFolded && (line.indent > first.indent || source[line.end - 1] === " ")) return undefined;
    if (texts.length > 0) texts.push(isFolded && blank === 0 ? " " : "\n".repeat(isFolded ? blank : blank + 1));
    texts.push(source.slice(line.start - line.indent + first.indent, line.end));
    blank = 0;
    last = next;
  }
  // Without a line end the sign says another thing.
  if (lines[last].end === source.length) return undefined;
  let { end } = lines[last];
  while (source[end - 1] === " ") end--;
  return { scalar: texts.join("") + (header.endsWith("-") ? "" : "\n"), end, last };
}
