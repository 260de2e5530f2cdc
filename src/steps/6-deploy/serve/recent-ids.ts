/** The ids of recent events, forgotten after a while so that they take bounded memory. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { IdSet, readIdSet } from "./id-set.ts";

/** V8 throws at the 16,777,217th entry of a `Set`. */
const LARGEST_SET = 2 ** 24;

/** Remembers each id for at least `span` seconds of the events' time, and at most twice that. */
export class RecentIds {
  readonly #span: number;
  readonly #most: number;
  #young = new IdSet();
  /** Young ones that a single set cannot hold. */
  #full: IdSet[] = [];
  #old: IdSet[] = [];
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

  /** `now` is the newest moment seen; `isNew` says that it is none of those here. */
  add(id: number | string, now: number, isNew = false): void {
    if (now - this.#since > this.#span) {
      const isGone = now - this.#since > 2 * this.#span;
      this.#old = isGone ? [] : [...this.#full, this.#young];
      [this.#young, this.#full] = [new IdSet(), []];
      // Not when the first of them comes: after a pause the old ones would be kept for longer.
      this.#since = isGone ? now : this.#since + this.#span;
    }
    if (this.#young.size >= this.#most) {
      this.#full.push(this.#young);
      this.#young = new IdSet();
    }
    this.#young.add(id, isNew);
  }

  /** The time is `now` again: else ids would be kept until it has come where it was. */
  setBack(now: number): void {
    this.#since = Math.min(this.#since, now);
  }

  get size(): number {
    return [this.#young, ...this.#full, ...this.#old].reduce((sum, ids) => sum + ids.size, 0);
  }

  get bytes(): number {
    return [this.#young, ...this.#full, ...this.#old].reduce((sum, ids) => sum + ids.bytes, 0);
  }

  save(writer: ByteWriter): void {
    // No moment is NaN: it tells this form from the one before it.
    writer.number(Number.NaN);
    writer.number(this.#since);
    for (const sets of [[...this.#full, this.#young], this.#old]) {
      writer.number(sets.length);
      for (const ids of sets) ids.save(writer);
    }
  }

  load(reader: ByteReader): void {
    const first = reader.number();
    const isOfNow = Number.isNaN(first);
    this.#since = isOfNow ? reader.number() : first;
    const read = (): IdSet[] =>
      isOfNow ? Array.from({ length: reader.number() }, () => readIdSet(reader)) : this.#readEach(reader);
    this.#full = read();
    this.#young = this.#full.pop() ?? new IdSet();
    this.#old = read();
  }

  /** The form that earlier versions wrote: which are texts, then the numbers, then the texts. */
  #readEach(reader: ByteReader): IdSet[] {
    const count = reader.number();
    const isText = reader.bytes(count);
    const numbers = Array.from({ length: isText.reduce((sum, one) => sum - one, count) }, () => reader.number());
    const texts = reader.texts(count - numbers.length);
    const sets = [new IdSet()];
    let [text, number] = [0, 0];
    for (let at = 0; at < count; at++) {
      if (sets[sets.length - 1].size >= this.#most) sets.push(new IdSet());
      sets[sets.length - 1].add(isText[at] === 1 ? texts[text++] : numbers[number++]);
    }
    return sets;
  }
}
