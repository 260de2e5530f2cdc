/** The events of every key in the order of time, in compact chunks: appended at the end, dropped at the beginning, summed up to given moments. */

import { LARGEST_EXACT_SUM } from "../../3-data/features/feature-plan.ts";
import { ByteArena } from "./byte-arena.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { EventCodec } from "./event-codec.ts";
import { growTo } from "./grow-array.ts";

/** One running total over the events of a key: all those that have every flag of `flags`. */
export interface Slot {
  readonly what: "count" | "sum" | "last";
  readonly flags: number;
  /** Whose values a `sum` adds up. */
  readonly column: number;
}

/** An event as it lies in a list. */
export interface ListedEvent {
  readonly time: number;
  flags: number;
  readonly values: Float64Array;
}

/** What the events of the lists are made of. */
export interface EventShape {
  readonly flagBits: number;
  /** For each column of values the flag that says that the event has one; 0 when all have. */
  readonly presence: readonly number[];
  readonly slots: readonly Slot[];
  /** Whether the totals of dropped events are kept: for windows without a beginning. */
  readonly keepsDropped: boolean;
}

/** Bytes of a chunk that ends because it is full. Reading decodes at most one such chunk per moment and adds up the others whole. */
const LARGEST_CHUNK = 1024;
/** Spare bytes of a chunk that grows. */
const SLACK = 20;
const NONE = -1;
/** Values are smaller in magnitude. */
export const LARGEST_VALUE = 2 ** 23;
/** Half of what can be exact: totals are looked at once a chunk, in which they change by less than the other half. */
const LARGEST_TOTAL = LARGEST_EXACT_SUM / 2;

/** Lists are numbered from 0; a number that was never appended to is an empty list. */
export class EventLists {
  readonly #shape: EventShape;
  readonly #codec: EventCodec;
  readonly #arena = new ByteArena();
  readonly #scratch: Uint8Array;
  readonly #totals: Float64Array;
  /** The last chunk of each list plus 1; 0 for none. */
  #tails = new Int32Array(0);
  #isExact = true;
  /** By list and slot. */
  #dropped = new Float64Array(0);
  #listCount = 0;
  #chunkCount = 0;
  readonly #freeChunks: number[] = [];
  /** Of each chunk the next one of its list; that of the last is the first. */
  #next = new Int32Array(0);
  #used = new Uint16Array(0);
  #first = new Float64Array(0);
  #last = new Float64Array(0);

  constructor(shape: EventShape) {
    this.#shape = shape;
    this.#codec = new EventCodec(shape.flagBits, shape.presence);
    this.#scratch = new Uint8Array(this.#codec.longest);
    this.#totals = new Float64Array(shape.slots.length);
  }

  /** How many list numbers are in use or were. */
  get count(): number {
    return this.#listCount;
  }

  /** Bytes of all arrays, idle ones included. */
  get bytes(): number {
    const arrays = [this.#tails, this.#dropped, this.#next, this.#used, this.#first, this.#last];
    return this.#arena.bytes + arrays.reduce((sum, { byteLength }) => sum + byteLength, 8 * this.#freeChunks.length);
  }

  isEmpty(list: number): boolean {
    return list >= this.#listCount || this.#tails[list] === 0;
  }

  /** Adds an event to a list, at its place in time; those before `horizon` may be dropped to make room. */
  append(list: number, time: number, flags: number, values: ArrayLike<number>, horizon: number): void {
    this.#admit(list);
    this.drop(list, horizon);
    const tail = this.#tails[list] - 1;
    if (tail === NONE || time >= this.#last[tail]) this.#appendLast(list, time, flags, values);
    else this.#insert(list, time, flags, values);
  }

  /** Drops the events before `horizon`, except a few that share a full chunk with later ones. */
  drop(list: number, horizon: number): void {
    let tail = this.#tails[list] - 1;
    while (tail !== NONE && this.#last[this.#next[tail]] < horizon) {
      const head = this.#next[tail];
      this.#addChunk(head, this.#totalsOfDropped(list));
      this.#keepDropped(list);
      this.#next[tail] = this.#next[head];
      this.#releaseChunk(head);
      if (head === tail) {
        tail = NONE;
        this.#tails[list] = 0;
      }
    }
    if (tail !== NONE && this.#next[tail] === tail && this.#first[tail] < horizon)
      this.#cutBeginning(list, tail, horizon);
  }

  /**
   * Adds to `sums[m * slots + s]` total s of the events before moment m (a `last` is the latest instead); dropped ones count as
   * before all moments. `moments` ascend. False when a sum on the way is too large to be exact.
   */
  sumBefore(list: number, moments: Float64Array, sums: Float64Array): boolean {
    const { slots, keepsDropped } = this.#shape;
    if (list >= this.#listCount) return true;
    const totals = this.#totals;
    if (keepsDropped) this.#totalsOfDropped(list);
    else clear(totals, slots);
    this.#isExact = true;
    let moment = 0;
    const tail = this.#tails[list] - 1;
    let chunk = tail === NONE ? NONE : this.#next[tail];
    while (chunk !== NONE && moment < moments.length && this.#first[chunk] < moments[moments.length - 1]) {
      if (chunk !== tail && this.#last[chunk] < moments[moment]) this.#addSeal(chunk, totals);
      else moment = this.#walk(chunk, moments, moment, sums);
      chunk = chunk === tail ? NONE : this.#next[chunk];
    }
    for (; moment < moments.length; moment++) this.#record(moment, sums);
    return this.#isExact;
  }

  /** Writes down all of a list. */
  save(list: number, writer: ByteWriter): void {
    if (this.#shape.keepsDropped) for (const total of this.#totalsOfDropped(list)) writer.number(total);
    const tail = this.#tails[list] - 1;
    for (let chunk = tail === NONE ? NONE : this.#next[tail]; chunk !== NONE; ) {
      const start = this.#arena.offsetOf(chunk);
      writer.number(this.#used[chunk]);
      writer.number(this.#first[chunk]);
      writer.number(this.#last[chunk]);
      writer.bytes(this.#arena.pageOf(chunk).subarray(start, start + this.#used[chunk]));
      chunk = chunk === tail ? NONE : this.#next[chunk];
    }
    writer.number(0);
  }

  /** Reads what `save` wrote into a list that is empty. */
  load(list: number, reader: ByteReader): void {
    this.#admit(list);
    const { slots, keepsDropped } = this.#shape;
    if (keepsDropped) {
      for (let slot = 0; slot < slots.length; slot++) this.#dropped[list * slots.length + slot] = reader.number();
    }
    let chunk = NONE;
    for (let used = reader.number(); used > 0; ) {
      chunk = this.#startChunk(list, chunk, reader.number());
      this.#last[chunk] = reader.number();
      this.#used[chunk] = used;
      const events = reader.bytes(used);
      this.#arena.resize(chunk, used + SLACK, 0);
      this.#arena.pageOf(chunk).set(events, this.#arena.offsetOf(chunk));
      used = reader.number();
      if (used > 0) this.#seal(chunk);
    }
  }

  #admit(list: number): void {
    if (list < this.#listCount) return;
    const { slots, keepsDropped } = this.#shape;
    this.#tails = growTo(this.#tails, list + 1);
    if (keepsDropped) {
      this.#dropped = growTo(this.#dropped, (list + 1) * slots.length);
      for (let one = this.#listCount; one <= list; one++) {
        clear(this.#dropped.subarray(one * slots.length, (one + 1) * slots.length), slots);
      }
    }
    this.#listCount = list + 1;
  }

  #appendLast(list: number, time: number, flags: number, values: ArrayLike<number>): void {
    let tail = this.#tails[list] - 1;
    const room = LARGEST_CHUNK - 8 * this.#shape.slots.length - this.#codec.longest;
    if (tail !== NONE && this.#used[tail] > room) {
      this.#seal(tail);
      tail = this.#startChunk(list, tail, time);
    } else if (tail === NONE) tail = this.#startChunk(list, tail, time);
    const length = this.#codec.write(this.#scratch, 0, this.#last[tail], time, flags, values);
    const used = this.#used[tail];
    if (used + length > this.#arena.capacityOf(tail)) this.#arena.resize(tail, used + length + SLACK, used);
    const start = this.#arena.offsetOf(tail) + used;
    const page = this.#arena.pageOf(tail);
    for (let byte = 0; byte < length; byte++) page[start + byte] = this.#scratch[byte];
    this.#used[tail] = used + length;
    this.#last[tail] = time;
  }

  /** Whether the list holds an event of that very moment. */
  has(list: number, time: number): boolean {
    let isFound = false;
    const tail = this.isEmpty(list) ? NONE : this.#tails[list] - 1;
    for (let chunk = tail === NONE ? NONE : this.#next[tail]; chunk !== NONE; ) {
      if (this.#first[chunk] <= time && time <= this.#last[chunk]) {
        this.#forEachIn(chunk, (at) => {
          isFound = isFound || at === time;
        });
      }
      chunk = chunk === tail ? NONE : this.#next[chunk];
    }
    return isFound;
  }

  /** Changes the first event of that very moment, which the list holds, for which `change` does not return false. */
  revise(list: number, time: number, change: (event: ListedEvent) => boolean): void {
    this.#rewrite(list, time, (events) => {
      events.find((event) => event.time === time && change(event));
      return events;
    });
  }

  /** A late event: what lies after it is taken out and added again behind it. */
  #insert(list: number, time: number, flags: number, values: ArrayLike<number>): void {
    const given = { time, flags, values: Float64Array.from(values) };
    this.#rewrite(list, time, (events) => [
      ...events.filter((event) => event.time <= time),
      given,
      ...events.filter((event) => event.time > time),
    ]);
  }

  /** Writes the events anew from the first chunk that does not end before the moment. */
  #rewrite(list: number, time: number, edit: (events: readonly ListedEvent[]) => readonly ListedEvent[]): void {
    const tail = this.#tails[list] - 1;
    const head = this.#next[tail];
    let chunk = head;
    let before = NONE;
    while (this.#last[chunk] < time) {
      before = chunk;
      chunk = this.#next[chunk];
    }
    const events: ListedEvent[] = [];
    for (;;) {
      this.#forEachIn(chunk, (at, flags, values) => {
        events.push({ time: at, flags, values: values.slice() });
      });
      const next = this.#next[chunk];
      this.#releaseChunk(chunk);
      if (chunk === tail) break;
      chunk = next;
    }
    this.#tails[list] = before + 1;
    if (before !== NONE) this.#next[before] = head;
    // A sealed chunk ends for good, so the first one appended starts a chunk of its own.
    let start = before !== NONE;
    for (const event of edit(events)) {
      if (start) this.#startChunk(list, before, event.time);
      start = false;
      this.#appendLast(list, event.time, event.flags, event.values);
    }
  }

  #startChunk(list: number, tail: number, time: number): number {
    const chunk = this.#freeChunks.pop() ?? this.#chunkCount++;
    this.#next = growTo(this.#next, chunk + 1);
    this.#used = growTo(this.#used, chunk + 1);
    this.#first = growTo(this.#first, chunk + 1);
    this.#last = growTo(this.#last, chunk + 1);
    this.#next[chunk] = tail === NONE ? chunk : this.#next[tail];
    if (tail !== NONE) this.#next[tail] = chunk;
    this.#tails[list] = chunk + 1;
    this.#used[chunk] = 0;
    this.#first[chunk] = time;
    this.#last[chunk] = time;
    this.#arena.allocate(chunk, SLACK);
    return chunk;
  }

  #releaseChunk(chunk: number): void {
    this.#arena.release(chunk);
    this.#freeChunks.push(chunk);
  }

  /** Writes the totals of a full chunk behind its events. */
  #seal(chunk: number): void {
    const totals = this.#totals;
    clear(totals, this.#shape.slots);
    this.#addChunk(chunk, totals);
    const used = this.#used[chunk];
    this.#arena.resize(chunk, used + 8 * totals.length, used);
    const view = viewOf(this.#arena.pageOf(chunk));
    const start = this.#arena.offsetOf(chunk) + used;
    for (let slot = 0; slot < totals.length; slot++) view.setFloat64(start + 8 * slot, totals[slot], true);
  }

  #addSeal(chunk: number, totals: Float64Array): void {
    const view = viewOf(this.#arena.pageOf(chunk));
    const start = this.#arena.offsetOf(chunk) + this.#used[chunk];
    const { slots } = this.#shape;
    for (let slot = 0; slot < totals.length; slot++) {
      const total = view.getFloat64(start + 8 * slot, true);
      totals[slot] = slots[slot].what === "last" ? Math.max(totals[slot], total) : totals[slot] + total;
      if (slots[slot].what === "sum" && !(Math.abs(totals[slot]) < LARGEST_TOTAL)) this.#isExact = false;
    }
  }

  /** Adds all events of a chunk to the totals. */
  #addChunk(chunk: number, totals: Float64Array): void {
    this.#forEachIn(chunk, () => this.#addEvent(totals));
  }

  #forEachIn(chunk: number, visit: (time: number, flags: number, values: Float64Array) => void): void {
    const codec = this.#codec;
    const page = this.#arena.pageOf(chunk);
    let at = this.#arena.offsetOf(chunk);
    const end = at + this.#used[chunk];
    let time = this.#first[chunk];
    for (let isFirst = true; at < end; isFirst = false) {
      codec.read(page, at, time);
      at = codec.at;
      // The gap before the first event is to one that may be gone.
      if (isFirst) codec.time = this.#first[chunk];
      time = codec.time;
      visit(time, codec.flags, codec.values);
    }
  }

  /** Goes through a chunk, and writes the totals down at each moment that is reached; returns the first moment not reached. */
  #walk(chunk: number, moments: Float64Array, start: number, sums: Float64Array): number {
    const codec = this.#codec;
    const totals = this.#totals;
    const page = this.#arena.pageOf(chunk);
    let at = this.#arena.offsetOf(chunk);
    const begin = at;
    const end = at + this.#used[chunk];
    let time = this.#first[chunk];
    let moment = start;
    while (at < end) {
      const isFirst = at === begin;
      codec.read(page, at, time);
      at = codec.at;
      if (isFirst) codec.time = this.#first[chunk];
      time = codec.time;
      while (time >= moments[moment]) {
        this.#record(moment++, sums);
        if (moment === moments.length) return moment;
      }
      this.#addEvent(totals);
    }
    return moment;
  }

  /** Adds the event that the codec has just read. */
  #addEvent(totals: Float64Array): void {
    const { slots } = this.#shape;
    const { flags, time, values } = this.#codec;
    for (let at = 0; at < slots.length; at++) {
      const slot = slots[at];
      if ((flags & slot.flags) !== slot.flags) continue;
      if (slot.what === "count") totals[at]++;
      else if (slot.what === "sum") totals[at] += values[slot.column];
      else if (time > totals[at]) totals[at] = time;
    }
  }

  #record(moment: number, sums: Float64Array): void {
    const { slots } = this.#shape;
    const totals = this.#totals;
    const start = moment * slots.length;
    for (let at = 0; at < slots.length; at++) {
      if (slots[at].what === "last") sums[start + at] = Math.max(sums[start + at], totals[at]);
      else sums[start + at] += totals[at];
      if (slots[at].what === "sum" && !(Math.abs(totals[at]) < LARGEST_TOTAL)) this.#isExact = false;
    }
  }

  /** Cuts the events before `horizon` off the only chunk of a list; the last one stays. */
  #cutBeginning(list: number, chunk: number, horizon: number): void {
    const codec = this.#codec;
    const page = this.#arena.pageOf(chunk);
    const begin = this.#arena.offsetOf(chunk);
    const totals = this.#totalsOfDropped(list);
    let at = begin;
    let time = this.#first[chunk];
    for (let isFirst = true; ; isFirst = false) {
      codec.read(page, at, time);
      if (isFirst) codec.time = this.#first[chunk];
      time = codec.time;
      if (time >= horizon) break;
      this.#addEvent(totals);
      at = codec.at;
    }
    this.#keepDropped(list);
    page.copyWithin(begin, at, begin + this.#used[chunk]);
    this.#used[chunk] -= at - begin;
    this.#first[chunk] = time;
  }

  /** The totals, set to those of the dropped events of a list; to nothing where they are not kept. */
  #totalsOfDropped(list: number): Float64Array {
    const { slots, keepsDropped } = this.#shape;
    if (!keepsDropped) clear(this.#totals, slots);
    else for (let at = 0; at < slots.length; at++) this.#totals[at] = this.#dropped[list * slots.length + at];
    return this.#totals;
  }

  #keepDropped(list: number): void {
    if (this.#shape.keepsDropped) this.#dropped.set(this.#totals, list * this.#shape.slots.length);
  }
}

/** The totals of no events. */
function clear(totals: Float64Array, slots: readonly Slot[]): void {
  for (let at = 0; at < slots.length; at++) totals[at] = slots[at].what === "last" ? Number.NEGATIVE_INFINITY : 0;
}

const views = new WeakMap<Uint8Array, DataView>();

function viewOf(page: Uint8Array): DataView {
  const known = views.get(page);
  if (known !== undefined) return known;
  const view = new DataView(page.buffer);
  views.set(page, view);
  return view;
}
