/** Rows that hold nothing but cells and delimiters, which is nearly all of most files, stepped over with one look at each character. */

export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;

/** Codes of the characters that matter; -1 where there is none. */
export interface RowShape {
  readonly delimiter: number;
  readonly quote: number;
  readonly comment: number;
}

/** Rows that were stepped over. */
export interface OrdinaryRows {
  /** Where the first other row begins: with a quote, a comment, another count of cells, or no end in sight. */
  readonly end: number;
  readonly lines: number;
  /** Of these lines, those that end with a carriage return and a line feed. */
  readonly withReturn: number;
}

/** Steps over rows of so many columns from a row's beginning on. */
export function ordinaryRows(text: string, from: number, shape: RowShape, columns: number): OrdinaryRows {
  const { delimiter, quote, comment } = shape;
  const due = columns - 1;
  let start = from;
  let parted = 0;
  let lines = 0;
  let withReturn = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === delimiter) {
      parted++;
      continue;
    }
    if (code > CARRIAGE_RETURN && code !== quote && code !== comment) continue;
    if (code === quote || code === 0 || (code === comment && at === start)) break;
    if (code !== LINE_FEED && code !== CARRIAGE_RETURN) continue;
    const isReturn = code === CARRIAGE_RETURN;
    if (at === start || parted !== due || (isReturn && text.charCodeAt(at + 1) !== LINE_FEED)) break;
    lines++;
    if (isReturn) {
      withReturn++;
      at++;
    }
    start = at + 1;
    parted = 0;
  }
  return { end: start, lines, withReturn };
}

/** Where the line at `start` ends. */
export function lineEndFrom(text: string, start: number): number {
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== LINE_FEED && text.charCodeAt(end) !== CARRIAGE_RETURN) end++;
  return end;
}
