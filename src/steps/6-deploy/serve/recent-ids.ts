/** The ids of recent events, forgotten after a while so that they take bounded memory. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";

/** What an entry of a `Set` takes in V8, about: its share of the table, and the number or short text itself. */
const ENTRY_BYTES = 48;

/** Remembers each id for at least `span` seconds of the events' time, and at most twice that. */
export class RecentIds {
  readonly #span: number;
  #young = new Set<number | string>();
  #old = new Set<number | string>();
  /** When the young ones began. */
  #since = Number.NEGATIVE_INFINITY;

  constructor(span: number) {
    this.#span = span;
  }

  has(id: number | string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  /** `now` is the newest moment seen. */
  add(id: number | string, now: number): void {
    if (now - this.#since > this.#span) {
      this.#old = now - this.#since > 2 * this.#span ? new Set() : this.#young;
      this.#young = new Set();
      this.#since = now;
    }
    this.#young.add(id);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get bytes(): number {
    return this.size * ENTRY_BYTES;
  }

  save(writer: ByteWriter): void {
    writer.number(this.#since);
    for (const ids of [this.#young, this.#old]) {
      writer.number(ids.size);
      for (const id of ids) {
        writer.number(Number(typeof id === "string"));
        if (typeof id === "string") writer.text(id);
        else writer.number(id);
      }
    }
  }

  load(reader: ByteReader): void {
    this.#since = reader.number();
    for (const ids of [this.#young, this.#old]) {
      for (let left = reader.number(); left > 0; left--)
        ids.add(reader.number() === 1 ? reader.text() : reader.number());
    }
  }
}
