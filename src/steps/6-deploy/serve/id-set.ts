/** A set of ids, texts and numbers apart: what was read from a snapshot is not made anew, and stands beside what has come since. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { type FrozenTexts, readTexts, writeTexts } from "./frozen-texts.ts";
import { NumberSet } from "./number-set.ts";
import { TextSet } from "./text-set.ts";

export class IdSet {
  readonly #texts = new TextSet();
  readonly #frozen: FrozenTexts | undefined;
  readonly #numbers = new NumberSet();

  constructor(frozen?: FrozenTexts) {
    this.#frozen = frozen;
  }

  get size(): number {
    return this.#texts.size + (this.#frozen?.size ?? 0) + this.#numbers.size;
  }

  get bytes(): number {
    return this.#texts.bytes + (this.#frozen?.bytes ?? 0) + this.#numbers.bytes;
  }

  has(id: number | string): boolean {
    if (typeof id === "number") return this.#numbers.has(id);
    return this.#texts.has(id) || (this.#frozen?.has(id) ?? false);
  }

  /** `isNew` says that it is none of those here. */
  add(id: number | string, isNew = false): void {
    if (typeof id === "number") this.#numbers.add(id);
    else if (isNew || !(this.#frozen?.has(id) ?? false)) this.#texts.add(id);
  }

  save(writer: ByteWriter): void {
    const numbers = this.#numbers.values();
    writer.number(numbers.length);
    writer.bytes(new Uint8Array(numbers.buffer));
    writeTexts(writer, this.#frozen, this.#texts);
  }
}

export function readIdSet(reader: ByteReader): IdSet {
  const numbers = new Float64Array(reader.bytes(8 * reader.number()).slice().buffer);
  const read = new IdSet(readTexts(reader));
  for (const one of numbers) read.add(one);
  return read;
}
