/** Millions of short bit strings in little more than their own bytes: neighbours stand close together on a shelf and move aside when one grows. */

import type { BitBuffer } from "./bit-buffer.ts";
import { growTo } from "./grow-array.ts";

/** 2^7 lists on a shelf: more cost more moving, fewer more buffers. */
const SHIFT = 7;
const SHELF = 1 << SHIFT;
/** For every so many lists it is known where they begin; lengths are added up from there. */
const PART_SHIFT = 5;
const PARTS = SHELF >>> PART_SHIFT;
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
  /** By shelf where each part of its lists begins, and where the last one ends; what stands before and behind them is idle. */
  #parts = new Uint32Array(0);

  get bytes(): number {
    return this.#shelves.reduce((sum, { length }) => sum + length + BUFFER_BYTES + 8, this.#parts.byteLength);
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

  /** Replaces a list by the first `bits` bits of `from`, whose first `same` bytes it has already. */
  store(list: number, from: BitBuffer, bits: number, same = 0): void {
    while (this.#shelves.length <= list >>> SHIFT) this.#open();
    const length = bytesOf(bits);
    this.#makeRoom(list, length - bytesOf(this.bitsOf(list)));
    const shelf = this.#shelves[list >>> SHIFT];
    const offset = this.#offsetOf(list);
    const bytes = from.bytes(length);
    if (length - same > LOOPED) shelf.set(bytes.subarray(same, length), offset + same);
    else for (let at = same; at < length; at++) shelf[offset + at] = bytes[at];
    const at = 2 * (list & (SHELF - 1));
    shelf[at] = bits;
    shelf[at + 1] = bits >>> 8;
  }

  /** Where a list begins on its shelf. */
  #offsetOf(list: number): number {
    const number = list >>> SHIFT;
    const shelf = this.#shelves[number];
    const part = (list & (SHELF - 1)) >>> PART_SHIFT;
    const end = 2 * (list & (SHELF - 1));
    let offset = this.#parts[number * (PARTS + 1) + part];
    for (let at = part << (PART_SHIFT + 1); at < end; at += 2) offset += bytesOf(shelf[at] | (shelf[at + 1] << 8));
    return offset;
  }

  #open(): void {
    this.#shelves.push(new Uint8Array(HEADER));
    this.#parts = growTo(this.#parts, this.#shelves.length * (PARTS + 1));
    this.#parts.fill(HEADER, (this.#shelves.length - 1) * (PARTS + 1), this.#shelves.length * (PARTS + 1));
  }

  /** Gives a list so many bytes more or fewer at its end: the lists before it move or those behind it, whichever are fewer and have room. */
  #makeRoom(list: number, more: number): void {
    if (more === 0) return;
    const number = list >>> SHIFT;
    const shelf = this.#shelves[number];
    const begin = this.#parts[number * (PARTS + 1)];
    const end = this.#parts[number * (PARTS + 1) + PARTS];
    const middle = this.#offsetOf(list) + bytesOf(this.bitsOf(list));
    const used = end - begin + more;
    const idle = shelf.length - HEADER - used;
    const isRoomBefore = begin - HEADER >= more;
    const isRoomBehind = shelf.length - end >= more;
    if (idle > 64 + (used >>> 7) || !(isRoomBefore || isRoomBehind)) this.#replace(list, middle, more);
    else if (isRoomBefore && (middle - begin < end - middle || !isRoomBehind)) {
      shelf.copyWithin(begin - more, begin, Math.min(middle, middle + more));
      this.#shift(list, -more, 0);
    } else {
      shelf.copyWithin(middle + more, middle, end);
      this.#shift(list, 0, more);
    }
  }

  /** Takes another buffer for a shelf, with little room at both ends. */
  #replace(list: number, middle: number, more: number): void {
    const number = list >>> SHIFT;
    const shelf = this.#shelves[number];
    const begin = this.#parts[number * (PARTS + 1)];
    const end = this.#parts[number * (PARTS + 1) + PARTS];
    const used = end - begin + more;
    const idle = 24 + (used >>> 8);
    const other = new Uint8Array(HEADER + used + idle);
    const start = HEADER + (idle >>> 1);
    other.set(shelf.subarray(0, HEADER));
    other.set(shelf.subarray(begin, Math.min(middle, middle + more)), start);
    other.set(shelf.subarray(middle, end), start + middle - begin + more);
    this.#shelves[number] = other;
    this.#shift(list, start - begin, start - begin + more);
  }

  /** Notes that the lists of a shelf up to this one begin so many bytes later, and those behind it so many. */
  #shift(list: number, before: number, behind: number): void {
    const first = (list >>> SHIFT) * (PARTS + 1);
    const own = (list & (SHELF - 1)) >>> PART_SHIFT;
    for (let part = 0; part <= PARTS; part++) this.#parts[first + part] += part <= own ? before : behind;
  }
}

function bytesOf(bits: number): number {
  return (bits + 7) >>> 3;
}
