/** The ids of recent events, forgotten after a while so that they take bounded memory. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";

/** What an entry of a `Set` takes in V8, about: its share of the table, and the number or short text itself. */
const ENTRY_BYTES = 48;

/** V8 throws at the 16,777,217th entry of a `Set`. */
const LARGEST_SET = 2 ** 24;

type Ids = Set<number | string>;

/** Remembers each id for at least `span` seconds of the events' time, and at most twice that. */
export class RecentIds {
  readonly #span: number;
  readonly #most: number;
  #young: Ids = new Set();
  /** Young ones that a single set cannot hold. */
  #full: Ids[] = [];
  #old: Ids[] = [];
  /** When the young ones began. */
  #since = Number.NEGATIVE_INFINITY;

  /** `most` ids go into one set. */
  constructor(span: number, most = LARGEST_SET) {
    this.#span = span;
    this.#most = most;
  }

  has(id: number | string): boolean {
    return this.#young.has(id) || this.#full.some((ids) => ids.has(id)) || this.#old.some((ids) => ids.has(id));
  }

  /** `now` is the newest moment seen. */
  add(id: number | string, now: number): void {
    if (now - this.#since > this.#span) {
      this.#old = now - this.#since > 2 * this.#span ? [] : [...this.#full, this.#young];
      [this.#young, this.#full] = [new Set(), []];
      this.#since = now;
    }
    if (this.#young.size >= this.#most) {
      this.#full.push(this.#young);
      this.#young = new Set();
    }
    this.#young.add(id);
  }

  /** The time is `now` again: else ids would be kept until it has come where it was. */
  setBack(now: number): void {
    this.#since = Math.min(this.#since, now);
  }

  get size(): number {
    return [this.#young, ...this.#full, ...this.#old].reduce((sum, ids) => sum + ids.size, 0);
  }

  get bytes(): number {
    return this.size * ENTRY_BYTES;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#since);
    for (const sets of [[...this.#full, this.#young], this.#old]) {
      const ids = sets.flatMap((set) => [...set]);
      writer.number(ids.length);
      writer.bytes(Uint8Array.from(ids, (id) => Number(typeof id === "string")));
      for (const id of ids) if (typeof id === "number") writer.number(id);
      writer.texts(ids.filter((id) => typeof id === "string"));
    }
  }

  load(reader: ByteReader): void {
    this.#since = reader.number();
    const read = (): Ids[] => {
      const count = reader.number();
      const isText = reader.bytes(count);
      const numbers = Array.from({ length: isText.reduce((sum, one) => sum - one, count) }, () => reader.number());
      const texts = reader.texts(count - numbers.length);
      const sets: Ids[] = [new Set()];
      let [text, number] = [0, 0];
      for (let at = 0; at < count; at++) {
        if (sets[sets.length - 1].size >= this.#most) sets.push(new Set());
        sets[sets.length - 1].add(isText[at] === 1 ? texts[text++] : numbers[number++]);
      }
      return sets;
    };
    this.#full = read();
    this.#young = this.#full.pop() ?? new Set();
    this.#old = read();
  }
}
