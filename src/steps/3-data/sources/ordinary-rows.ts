/** Rows that hold nothing but cells and delimiters, which is nearly all of most files, stepped over with one look at each character. */

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Steps over such rows, told the codes of the characters that matter; -1 where there is none. */
export class OrdinaryRows {
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #comment: number;
  /** Of the last step: its lines, and how many of them end with a carriage return and a line feed. */
  lines = 0;
  withReturn = 0;

  constructor(delimiter: number, quote: number, comment: number) {
    this.#delimiter = delimiter;
    this.#quote = quote;
    this.#comment = comment;
  }

  /** From a row's beginning on: gives where the first other row begins, with a quote, a comment, another count of cells, or no end in sight. */
  step(text: string, from: number, columns: number): number {
    // Variables of its own: fields are reached through memory at each character.
    const [delimiter, quote, comment, due] = [this.#delimiter, this.#quote, this.#comment, columns - 1];
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
    this.lines = lines;
    this.withReturn = withReturn;
    return start;
  }
}

/** Where the line at `start` ends. */
export function lineEndFrom(text: string, start: number): number {
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== LINE_FEED && text.charCodeAt(end) !== CARRIAGE_RETURN) end++;
  return end;
}
