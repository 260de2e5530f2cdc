/** A set of numbers in little more than their own bytes, which grows a small part at a time so that nobody waits for it. */

/** 2^6 parts: each grows by itself. */
const PARTS = 64;
const FIRST = 16;

/** NaN is none. */
export class NumberSet {
  /** By part a table of a power of two of places, NaN where one is free: at most three quarters of them are taken. */
  readonly #tables: Float64Array[] = Array.from({ length: PARTS }, () => new Float64Array(0));
  readonly #sizes = new Uint32Array(PARTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#tables.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  has(number: number): boolean {
    const hash = hashOf(number);
    const table = this.#tables[hash & (PARTS - 1)];
    return table.length > 0 && table[placeOf(table, hash, number)] === number;
  }

  add(number: number): void {
    if (Number.isNaN(number)) return;
    const hash = hashOf(number);
    const part = hash & (PARTS - 1);
    if (4 * (this.#sizes[part] + 1) > 3 * this.#tables[part].length) this.#grow(part);
    const table = this.#tables[part];
    const place = placeOf(table, hash, number);
    if (table[place] === number) return;
    table[place] = number;
    this.#sizes[part]++;
    this.#size++;
  }

  /** All of them, in no order. */
  values(): Float64Array {
    const all = new Float64Array(this.#size);
    let at = 0;
    for (const table of this.#tables) for (const one of table) if (!Number.isNaN(one)) all[at++] = one;
    return all;
  }

  #grow(part: number): void {
    const old = this.#tables[part];
    const table = new Float64Array(Math.max(FIRST, 2 * old.length)).fill(Number.NaN);
    for (const one of old) if (!Number.isNaN(one)) table[placeOf(table, hashOf(one), one)] = one;
    this.#tables[part] = table;
  }
}

/** Where the number is, or would be. */
function placeOf(table: Float64Array, hash: number, number: number): number {
  const last = table.length - 1;
  let place = (hash >>> 6) & last;
  while (table[place] !== number && !Number.isNaN(table[place])) place = (place + 1) & last;
  return place;
}

const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);

/** 32 bits of both halves, mixed as MurmurHash3 ends (Appleby 2011). */
function hashOf(number: number): number {
  // 0 and -0 are one.
  scratch[0] = number + 0;
  let bits = halves[0] ^ Math.imul(halves[1], 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
