/** Millions of short bit strings in little more than their own bytes: neighbours stand close together on a shelf and move up when one grows. */

import type { BitBuffer } from "./bit-buffer.ts";
import { growTo } from "./grow-array.ts";

/** 2^7 lists on a shelf: more cost more moving, fewer more buffers. */
const SHIFT = 7;
const SHELF = 1 << SHIFT;
/** A shelf begins with the lengths of its lists, in bits, 2 bytes each. */
const HEADER = 2 * SHELF;
/** What V8 and the allocator take for a buffer besides its bytes, measured on Node 20. */
const BUFFER_BYTES = 350;
/** Bytes that are copied one by one: for so few that is faster. */
const LOOPED = 64;
/** Bits that a list may have. */
export const LONGEST_LIST = 2 ** 16 - 1;

/** Lists are numbered from 0; one that was never stored is empty. */
export class ListShelves {
  readonly #shelves: Uint8Array[] = [];
  /** Bytes of each shelf that are not idle. */
  #used = new Uint32Array(0);
  /** The list that was asked for last, and where it begins. */
  #list = -1;
  #offset = 0;

  get bytes(): number {
    return this.#shelves.reduce((sum, { length }) => sum + length + BUFFER_BYTES + 8, this.#used.byteLength);
  }

  /** Length of a list in bits. */
  bitsOf(list: number): number {
    const shelf = this.#shelves[list >>> SHIFT];
    const at = 2 * (list & (SHELF - 1));
    return shelf === undefined ? 0 : shelf[at] | (shelf[at + 1] << 8);
  }

  /** Copies at most `limit` bytes of a list to the beginning of `into`; returns the length of the list in bits. */
  load(list: number, into: BitBuffer, limit = LONGEST_LIST): number {
    const bits = this.bitsOf(list);
    if (bits === 0) return 0;
    const shelf = this.#shelves[list >>> SHIFT];
    const length = Math.min(bytesOf(bits), limit);
    const bytes = into.bytes(length);
    const offset = this.#offsetOf(list);
    if (length > LOOPED) bytes.set(shelf.subarray(offset, offset + length));
    else for (let at = 0; at < length; at++) bytes[at] = shelf[offset + at];
    return bits;
  }

  /** Replaces a list by the first `bits` bits of `from`. */
  store(list: number, from: BitBuffer, bits: number): void {
    const number = list >>> SHIFT;
    while (this.#shelves.length <= number) this.#open();
    const length = bytesOf(bits);
    const offset = this.#offsetOf(list);
    const before = bytesOf(this.bitsOf(list));
    const shelf = this.#move(number, offset + before, length - before);
    const bytes = from.bytes(length);
    if (length > LOOPED) shelf.set(bytes.subarray(0, length), offset);
    else for (let at = 0; at < length; at++) shelf[offset + at] = bytes[at];
    const at = 2 * (list & (SHELF - 1));
    shelf[at] = bits;
    shelf[at + 1] = bits >>> 8;
  }

  /** Where a list begins on its shelf. What is stored moves the lists behind it only, so that the last one asked for stays. */
  #offsetOf(list: number): number {
    if (list === this.#list) return this.#offset;
    const shelf = this.#shelves[list >>> SHIFT];
    const end = 2 * (list & (SHELF - 1));
    let offset = HEADER;
    for (let at = 0; at < end; at += 2) offset += bytesOf(shelf[at] | (shelf[at + 1] << 8));
    this.#list = list;
    this.#offset = offset;
    return offset;
  }

  #open(): void {
    this.#shelves.push(new Uint8Array(HEADER));
    this.#used = growTo(this.#used, this.#shelves.length);
    this.#used[this.#shelves.length - 1] = HEADER;
  }

  /** Moves what stands on a shelf from `end` on by so many bytes; it has room for that and little more afterwards. */
  #move(number: number, end: number, bytes: number): Uint8Array {
    const shelf = this.#shelves[number];
    if (bytes === 0) return shelf;
    const used = this.#used[number];
    this.#used[number] = used + bytes;
    const idle = shelf.length - used - bytes;
    if (idle >= 0 && idle <= 64 + (used >>> 7)) {
      shelf.copyWithin(end + bytes, end, used);
      return shelf;
    }
    const other = new Uint8Array(used + bytes + 16 + (used >>> 9));
    other.set(shelf.subarray(0, Math.min(end, end + bytes)));
    other.set(shelf.subarray(end, used), end + bytes);
    this.#shelves[number] = other;
    return other;
  }
}

function bytesOf(bits: number): number {
  return (bits + 7) >>> 3;
}
