/** Whose each recent id is: an id that comes again has to be about the same as before, or it would be answered as somebody else. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { RecentPrints } from "./recent-prints.ts";

export class IdOwners {
  readonly #span: number;
  readonly #prints: RecentPrints;
  /** Of what was taken after this moment every id is here. */
  #since = Number.NEGATIVE_INFINITY;

  /** `idSpan` is how long `RecentIds` remembers an id at least, in seconds: at most it is twice that. */
  constructor(idSpan: number) {
    this.#span = 2 * idSpan;
    this.#prints = new RecentPrints(this.#span);
  }

  /** `owner` and `other` say whom it is about, by whole numbers; `newest` is the newest moment after it was taken. */
  add(id: string | number, owner: number, other: number, newest: number): void {
    this.#prints.add(printOf(id, owner, other), 0, newest);
  }

  /** Whether an id that was taken before is known to have been about others. */
  isAnothers(id: string | number, owner: number, other: number, newest: number): boolean {
    return newest > this.#since + this.#span && this.#prints.get(printOf(id, owner, other)) === undefined;
  }

  setBack(newest: number): void {
    this.#prints.setBack(newest);
  }

  /** Ids that are remembered elsewhere were not noted here up to now: an earlier version did not. */
  beginAt(newest: number): void {
    this.#since = newest;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#since);
    this.#prints.save(writer);
  }

  load(reader: ByteReader): void {
    this.#since = reader.number();
    this.#prints.load(reader);
  }
}

/** FNV-1a (Fowler, Noll, Vo 1991) over the two numbers and the text, from two beginnings, as a whole number of 52 bits. */
function printOf(id: string | number, owner: number, other: number): number {
  const text = String(id);
  let [low, high] = [mixed(mixed(0x811c9dc5, owner), other), mixed(mixed(0x01000193, owner), other)];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = mixed(low, code);
    high = mixed(high, code);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}

function mixed(bits: number, value: number): number {
  return Math.imul(bits ^ value, 0x01000193);
}

/** Many whole numbers as one of 32 bits, which depends on their order. */
export function mixOf(numbers: readonly number[]): number {
  return numbers.reduce(mixed, 0x811c9dc5);
}
