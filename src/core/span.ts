/** A place in a text file: what every finding and every fact points at. */

/** One-based line and column (in UTF-16 code units, as editors count), zero-based offset. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open stretch of a file: `end` is the position after the last character. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** `file:line:column`, the form that terminals and editors turn into a link. A name with a line end in it begins no line of its own. */
export function formatPlace(span: Span): string {
  return `${span.file.replaceAll(/\p{Cc}/gu, "\uFFFD")}:${span.start.line}:${span.start.column}`;
}
