/** Bytes for millions of small growing blocks in few large pages: what blocks leave behind is won back a page at a time. */

import { FailureError } from "../../../core/outcome.ts";
import { growTo } from "./grow-array.ts";

const PAGE = 1 << 15;
/** Before each block: its owner (4 bytes) and its capacity (2 bytes). */
const HEADER = 6;
/** Pages are emptied while more than this share of all is garbage: less is smaller, more is less copying. */
const GARBAGE_SHARE = 1 / 12;
/** Addresses are 32 bits. */
const MAXIMUM_PAGES = 2 ** 32 / PAGE;

/** A block belongs to an owner, a small whole number; it moves, so ask for its place each time. Blocks are smaller than a page. */
export class ByteArena {
  readonly #pages: Uint8Array[] = [];
  /** Bytes of living blocks, by page. */
  #live = new Int32Array(0);
  readonly #freePages: number[] = [];
  /** Of each owner's block, past its header. */
  #places = new Uint32Array(0);
  #current = -1;
  #filled = PAGE;
  #total = 0;

  /** Gives `owner`, which has none, a block of `capacity` bytes. */
  allocate(owner: number, capacity: number): void {
    this.#place(owner, capacity);
    this.#tidy();
  }

  /** Moves the first `used` bytes of the owner's block to a new one of `capacity` bytes. */
  resize(owner: number, capacity: number, used: number): void {
    const [page, start] = [this.pageOf(owner), this.offsetOf(owner)];
    this.#forget(owner);
    // Sets the new block's place without emptying pages first: the old bytes must still lie where they are.
    this.#place(owner, capacity);
    this.pageOf(owner).set(page.subarray(start, start + used), this.offsetOf(owner));
    this.#tidy();
  }

  release(owner: number): void {
    this.#forget(owner);
    this.#places[owner] = 0;
  }

  pageOf(owner: number): Uint8Array {
    return this.#pages[Math.floor(this.#places[owner] / PAGE)];
  }

  offsetOf(owner: number): number {
    return this.#places[owner] % PAGE;
  }

  capacityOf(owner: number): number {
    const page = this.pageOf(owner);
    const at = this.offsetOf(owner);
    return page[at - 2] | (page[at - 1] << 8);
  }

  /** Bytes held, garbage and addresses included. */
  get bytes(): number {
    return this.#pages.length * PAGE + this.#places.byteLength + this.#live.byteLength;
  }

  #tidy(): void {
    while (this.#garbage() > GARBAGE_SHARE * this.#pages.length * PAGE + 2 * PAGE) this.#emptyOnePage();
  }

  /** Bytes of pages in use that no block has. */
  #garbage(): number {
    const open = this.#current < 0 ? 0 : PAGE - this.#filled;
    return (this.#pages.length - this.#freePages.length) * PAGE - open - this.#total;
  }

  #place(owner: number, capacity: number): void {
    const size = capacity + HEADER;
    if (this.#filled + size > PAGE) this.#openPage();
    const page = this.#pages[this.#current];
    const at = this.#filled;
    page[at] = owner;
    page[at + 1] = owner >>> 8;
    page[at + 2] = owner >>> 16;
    page[at + 3] = owner >>> 24;
    page[at + 4] = capacity;
    page[at + 5] = capacity >>> 8;
    this.#places = growTo(this.#places, owner + 1);
    this.#places[owner] = this.#current * PAGE + at + HEADER;
    this.#filled = at + size;
    this.#live[this.#current] += size;
    this.#total += size;
  }

  #forget(owner: number): void {
    const size = this.capacityOf(owner) + HEADER;
    const page = Math.floor(this.#places[owner] / PAGE);
    this.#total -= size;
    this.#live[page] -= size;
    if (this.#live[page] === 0 && page !== this.#current) this.#freePages.push(page);
  }

  #openPage(): void {
    const full = this.#current;
    if (full >= 0 && this.#live[full] === 0) this.#freePages.push(full);
    const free = this.#freePages.pop();
    if (free === undefined) {
      if (this.#pages.length === MAXIMUM_PAGES) refuseMore();
      this.#pages.push(new Uint8Array(PAGE));
      this.#live = growTo(this.#live, this.#pages.length);
    }
    this.#current = free ?? this.#pages.length - 1;
    this.#filled = 0;
  }

  /** Moves the blocks of the page with the least in it to the open one. */
  #emptyOnePage(): void {
    let victim = -1;
    for (let page = 0; page < this.#pages.length; page++) {
      const live = this.#live[page];
      if (live > 0 && page !== this.#current && (victim < 0 || live < this.#live[victim])) victim = page;
    }
    if (victim < 0) return;
    const from = this.#pages[victim];
    // Its last block may be moved to its own beginning, when it is the page that is free next.
    for (let at = 0; this.#live[victim] > 0 && victim !== this.#current; ) {
      const owner = (from[at] | (from[at + 1] << 8) | (from[at + 2] << 16) | (from[at + 3] << 24)) >>> 0;
      const capacity = from[at + 4] | (from[at + 5] << 8);
      const start = at + HEADER;
      if (this.#places[owner] === victim * PAGE + start) this.#moveFrom(owner, capacity, from, start);
      at = start + capacity;
    }
  }

  #moveFrom(owner: number, capacity: number, from: Uint8Array, start: number): void {
    this.#forget(owner);
    this.#place(owner, capacity);
    this.pageOf(owner).set(from.subarray(start, start + capacity), this.offsetOf(owner));
  }
}

function refuseMore(): never {
  throw new FailureError({
    code: "state-too-large",
    message: "the events of one kind of entity take more than 4 GiB",
    where: "feature state",
    fix: "shorten the longest window, or spread the entities over several states",
  });
}
