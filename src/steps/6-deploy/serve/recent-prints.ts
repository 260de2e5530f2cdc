/** Marks of things that happened lately, by a number of 52 bits each with one bit to it: an eighth of what their texts would take. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";

/** Parts of the span after which the oldest marks go: a mark stays a fifth longer than it has to at most. */
const PARTS = 5;
const FIRST_SIZE = 1024;
/** Shares of a table that are taken before it grows. */
const MOST_FULL = 0.75;
/** No mark is negative. */
const EMPTY = -1;

/** Those of one part of the span, in a table with open addressing. */
interface Part {
  /** When it began. */
  since: number;
  table: Float64Array;
  count: number;
}

/** Remembers each print for at least `span` seconds of the events' time, and at most a fifth longer while events come. */
export class RecentPrints {
  readonly #span: number;
  /** The newest last. */
  #parts: Part[] = [];

  constructor(span: number) {
    this.#span = span;
  }

  /** The bit that a print was added with last; undefined for one that is not remembered. */
  get(print: number): 0 | 1 | undefined {
    for (let at = this.#parts.length - 1; at >= 0; at--) {
      const { table } = this.#parts[at];
      const found = table[placeOf(table, print)];
      if (found !== EMPTY) return found % 2 === 1 ? 1 : 0;
    }
    return undefined;
  }

  /** `now` is the newest moment seen. */
  add(print: number, bit: 0 | 1, now: number): void {
    let part = this.#parts.at(-1);
    if (part === undefined || now - part.since > this.#span / PARTS) {
      part = { since: now, table: emptyTable(FIRST_SIZE), count: 0 };
      // A part ends where the next begins: what ended longer ago than the span is needed no more.
      this.#parts = [...this.#parts.filter((_, at) => now - (this.#parts[at + 1]?.since ?? now) <= this.#span), part];
    }
    put(part, print, bit);
  }

  /** The time is `now` again: else what is there would be kept until it has come where it was. */
  setBack(now: number): void {
    for (const part of this.#parts) part.since = Math.min(part.since, now);
  }

  get size(): number {
    return this.#parts.reduce((sum, { count }) => sum + count, 0);
  }

  get bytes(): number {
    return this.#parts.reduce((sum, { table }) => sum + table.byteLength, 0);
  }

  save(writer: ByteWriter): void {
    writer.number(this.#parts.length);
    for (const { since, table, count } of this.#parts) {
      writer.number(since);
      writer.number(count);
      const marks = new Float64Array(count);
      let at = 0;
      for (const mark of table) if (mark !== EMPTY) marks[at++] = mark;
      writer.bytes(new Uint8Array(marks.buffer));
    }
  }

  load(reader: ByteReader): void {
    this.#parts = Array.from({ length: reader.number() }, () => {
      const since = reader.number();
      const count = reader.number();
      const part: Part = { since, table: emptyTable(sizeFor(count)), count: 0 };
      for (const mark of new Float64Array(reader.bytes(8 * count).slice().buffer))
        put(part, Math.floor(mark / 2), mark % 2 === 1 ? 1 : 0);
      return part;
    });
  }
}

function emptyTable(size: number): Float64Array {
  return new Float64Array(size).fill(EMPTY);
}

/** Of the table that grew to hold so many. */
function sizeFor(count: number): number {
  let size = FIRST_SIZE;
  while (count > MOST_FULL * size) size *= 2;
  return size;
}

/** Where a print is, or would be. Tables are never full. */
function placeOf(table: Float64Array, print: number): number {
  const mask = table.length - 1;
  let at = (Math.imul((print | 0) ^ Math.floor(print / 2 ** 32), 0x9e3779b1) >>> 7) & mask;
  while (table[at] !== EMPTY && Math.floor(table[at] / 2) !== print) at = (at + 1) & mask;
  return at;
}

function put(part: Part, print: number, bit: 0 | 1): void {
  const at = placeOf(part.table, print);
  const isNew = part.table[at] === EMPTY;
  part.table[at] = 2 * print + bit;
  if (!isNew) return;
  part.count++;
  if (part.count <= MOST_FULL * part.table.length) return;
  const { table } = part;
  part.table = emptyTable(2 * table.length);
  for (const mark of table) if (mark !== EMPTY) part.table[placeOf(part.table, Math.floor(mark / 2))] = mark;
}

/** FNV-1a (Fowler, Noll, Vo 1991) from two beginnings, as a whole number of 52 bits, of texts one behind the other: they need not be made one. */
export class TextPrint {
  #low = 0x811c9dc5;
  #high = 0x01000193;

  /** Goes on from where another one is. */
  become(other: TextPrint): this {
    this.#low = other.#low;
    this.#high = other.#high;
    return this;
  }

  add(text: string): this {
    let [low, high] = [this.#low, this.#high];
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at);
      low = Math.imul(low ^ character, 0x01000193);
      high = Math.imul(high ^ character, 0x01000193);
    }
    this.#low = low;
    this.#high = high;
    return this;
  }

  get value(): number {
    return (this.#high >>> 12) * 2 ** 32 + (this.#low >>> 0);
  }
}

export function printOfText(text: string): number {
  return new TextPrint().add(text).value;
}
