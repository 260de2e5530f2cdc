/** Small numbers for keys that may be large, so that tables are as long as the keys that occur are many. */

import { growTo } from "./grow-array.ts";

/** Keys up to here are numbered in blocks of neighbours; among more than these, one by one as they occur. */
const LARGEST_DENSE = 2 ** 26;
/** As many as stand on one shelf of lists. */
const BLOCK = 128;
/** What an entry of a `Map` of numbers takes in V8, about. */
const MAP_ENTRY_BYTES = 40;

export class KeyPlaces {
  readonly #isDense: boolean;
  /** Of each block its number plus 1, and back. */
  #blocks = new Int32Array(0);
  readonly #keys: number[] = [];
  readonly #places = new Map<number, number>();
  readonly #free: number[] = [];

  /** Keys are whole numbers from 0 up to `count`. */
  constructor(count: number) {
    this.#isDense = count <= LARGEST_DENSE;
  }

  get bytes(): number {
    return this.#blocks.byteLength + 8 * this.#keys.length + this.#places.size * MAP_ENTRY_BYTES;
  }

  /** The place of a key; -1 where it has none. */
  find(key: number): number {
    if (!this.#isDense) return this.#places.get(key) ?? -1;
    const block = Math.floor(key / BLOCK);
    const number = block < this.#blocks.length ? this.#blocks[block] : 0;
    return number === 0 ? -1 : (number - 1) * BLOCK + (key % BLOCK);
  }

  /** The place of a key, which it is given where it has none. */
  take(key: number): number {
    const known = this.find(key);
    if (known >= 0) return known;
    if (this.#isDense) {
      const block = Math.floor(key / BLOCK);
      this.#blocks = growTo(this.#blocks, block + 1);
      this.#blocks[block] = this.#keys.push(block);
      return this.find(key);
    }
    const place = this.#free.pop() ?? this.#keys.length;
    this.#keys[place] = key;
    this.#places.set(key, place);
    return place;
  }

  /** Another key may have the place. */
  release(place: number): void {
    if (this.#isDense || this.#places.get(this.#keys[place]) !== place) return;
    this.#places.delete(this.#keys[place]);
    this.#free.push(place);
  }

  /** All keys that have a place, and neighbours of theirs. */
  *entries(): Iterable<readonly [key: number, place: number]> {
    if (!this.#isDense) yield* this.#places;
    else {
      for (const [number, block] of this.#keys.entries()) {
        for (let at = 0; at < BLOCK; at++) yield [block * BLOCK + at, number * BLOCK + at];
      }
    }
  }
}
