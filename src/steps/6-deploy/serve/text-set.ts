/** A set of short texts in little more than their own characters, which grows a small part at a time so that nobody waits for it. */

import { growTo } from "./grow-array.ts";
import { type Characters, hashOfCharacters, hashOfText, seedOf } from "./text-hash.ts";
import { isText, mayBe, numberIn, placed } from "./text-places.ts";

/** 2^6 parts: each grows by itself. */
const PARTS = 64;
const FIRST = 16;

export class TextSet {
  /** Absent until a text is in it: an empty set takes nothing. */
  readonly #parts = new Array<Part | undefined>(PARTS).fill(undefined);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#parts.reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
  }

  has(text: string): boolean {
    return this.#parts[partOf(text)]?.has(text) ?? false;
  }

  add(text: string): void {
    const at = partOf(text);
    const part = this.#parts[at] ?? new Part();
    this.#parts[at] = part;
    if (part.add(text)) this.#size++;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const part of this.#parts) if (part !== undefined) yield* part.texts();
  }
}

function partOf(text: string): number {
  return hashOfText(text, 0) & (PARTS - 1);
}

class Part {
  #characters: Characters = new Uint8Array(0);
  /** Where each text begins, and where the last one ends. */
  #starts = new Uint32Array(1);
  #count = 0;
  /**
   * The numbers of texts from 1 on, 0 where a place is free: a power of two of places, of which at most three quarters are taken. Above the bits of such a
   * number stand those of the text's hash, so that hardly any other text is looked at.
   */
  #places = new Int32Array(FIRST);
  #seed = 0;

  get bytes(): number {
    return this.#characters.byteLength + this.#starts.byteLength + this.#places.byteLength;
  }

  has(text: string): boolean {
    return this.#places[this.#placeOf(text, hashOfText(text, this.#seed))] !== 0;
  }

  /** Whether it was not there. */
  add(text: string): boolean {
    if (4 * (this.#count + 1) > 3 * this.#places.length) this.#spread();
    const hash = hashOfText(text, this.#seed);
    const place = this.#placeOf(text, hash);
    if (this.#places[place] !== 0) return false;
    const start = this.#starts[this.#count];
    const end = start + text.length;
    this.#characters = growTo(widened(this.#characters, text), end);
    for (let at = 0; at < text.length; at++) this.#characters[start + at] = text.charCodeAt(at);
    this.#starts = growTo(this.#starts, this.#count + 2);
    this.#starts[++this.#count] = end;
    this.#places[place] = placed(this.#count, hash, this.#places.length - 1);
    return true;
  }

  *texts(): Iterable<string> {
    for (let at = 0; at < this.#count; at++)
      yield Reflect.apply(
        String.fromCharCode,
        undefined,
        this.#characters.subarray(this.#starts[at], this.#starts[at + 1]),
      );
  }

  /** Where the text is, or would be. */
  #placeOf(text: string, hash: number): number {
    const places = this.#places;
    const last = places.length - 1;
    let place = hash & last;
    for (let one = places[place]; one !== 0; one = places[place]) {
      if (mayBe(one, hash, last) && isText(this.#characters, this.#starts, numberIn(one, last), text)) return place;
      place = (place + 1) & last;
    }
    return place;
  }

  /** Twice as many places, by another seed. */
  #spread(): void {
    this.#seed = seedOf(this.#characters, this.#starts[this.#count]);
    this.#places = new Int32Array(2 * this.#places.length);
    const last = this.#places.length - 1;
    for (let at = 0; at < this.#count; at++) {
      const hash = hashOfCharacters(this.#characters, this.#starts[at], this.#starts[at + 1], this.#seed);
      let place = hash & last;
      while (this.#places[place] !== 0) place = (place + 1) & last;
      this.#places[place] = placed(at + 1, hash, last);
    }
  }
}

/** The characters themselves where those of the text fit too, else the same with room for any. */
function widened(characters: Characters, text: string): Characters {
  if (characters instanceof Uint16Array) return characters;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 255) return Uint16Array.from(characters);
  return characters;
}
