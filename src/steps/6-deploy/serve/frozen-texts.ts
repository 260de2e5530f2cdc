/** Texts that were read from a snapshot and are only looked up: their characters as they were written, and where each is found. */

import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { type Characters, hashOfCharacters, hashOfText, seedOf } from "./text-hash.ts";
import { isText, mayBe, numberIn, placed } from "./text-places.ts";
import type { TextSet } from "./text-set.ts";

interface WrittenTexts {
  readonly characters: Characters;
  readonly lengths: Uint32Array;
}

export class FrozenTexts {
  readonly #characters: Characters;
  /** Where each text begins, and where the last one ends. */
  readonly #starts: Uint32Array;
  /** As those of a `TextSet`, of which at most half are taken. */
  readonly #places: Int32Array;
  /** Of the texts themselves: whoever does not know all of them cannot choose texts that lie together. */
  readonly #seed: number;

  constructor(characters: Characters, lengths: Uint32Array) {
    this.#characters = characters;
    this.#starts = new Uint32Array(lengths.length + 1);
    for (let at = 0; at < lengths.length; at++) this.#starts[at + 1] = this.#starts[at] + lengths[at];
    this.#seed = seedOf(characters, characters.length);
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(2 * lengths.length + 2)));
    const last = this.#places.length - 1;
    for (let text = 0; text < lengths.length; text++) {
      const hash = hashOfCharacters(characters, this.#starts[text], this.#starts[text + 1], this.#seed);
      let place = hash & last;
      while (this.#places[place] !== 0) place = (place + 1) & last;
      this.#places[place] = placed(text + 1, hash, last);
    }
  }

  get size(): number {
    return this.#starts.length - 1;
  }

  get bytes(): number {
    return this.#characters.byteLength + this.#starts.byteLength + this.#places.byteLength;
  }

  has(text: string): boolean {
    const places = this.#places;
    const last = places.length - 1;
    const hash = hashOfText(text, this.#seed);
    for (let place = hash & last; places[place] !== 0; place = (place + 1) & last) {
      const one = places[place];
      if (mayBe(one, hash, last) && isText(this.#characters, this.#starts, numberIn(one, last), text)) return true;
    }
    return false;
  }

  /** As they are written down. */
  get written(): WrittenTexts {
    return {
      characters: this.#characters,
      lengths: Uint32Array.from({ length: this.size }, (_, at) => this.#starts[at + 1] - this.#starts[at]),
    };
  }
}

/** Writes some and others down, for `readTexts`; no text is in both. */
export function writeTexts(writer: ByteWriter, frozen: FrozenTexts | undefined, others: TextSet): void {
  const before = frozen?.written ?? { characters: new Uint8Array(0), lengths: new Uint32Array(0) };
  const lengths = new Uint32Array(before.lengths.length + others.size);
  lengths.set(before.lengths);
  const old = before.characters;
  let [at, length, isNarrow] = [before.lengths.length, old.length, old instanceof Uint8Array];
  for (const text of others) {
    lengths[at++] = text.length;
    length += text.length;
    isNarrow &&= areBytes(text);
  }
  // Never as one text: those of some ten million ids are longer than a text may be.
  const all = isNarrow ? new Uint8Array(length) : new Uint16Array(length);
  all.set(old);
  let end = old.length;
  for (const text of others) for (let one = 0; one < text.length; one++) all[end++] = text.charCodeAt(one);
  writer.number(lengths.length);
  writer.number(isNarrow ? 1 : 2);
  writer.number(all.byteLength);
  writer.bytes(new Uint8Array(lengths.buffer));
  writer.bytes(new Uint8Array(all.buffer));
}

/** Undefined where there were none. */
export function readTexts(reader: ByteReader): FrozenTexts | undefined {
  const count = reader.number();
  const isNarrow = reader.number() === 1;
  const length = reader.number();
  const lengths = new Uint32Array(reader.bytes(4 * count).slice().buffer);
  const bytes = reader.bytes(length).slice();
  return count === 0 ? undefined : new FrozenTexts(isNarrow ? bytes : new Uint16Array(bytes.buffer), lengths);
}

function areBytes(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 255) return false;
  return true;
}
