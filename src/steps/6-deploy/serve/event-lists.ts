/** The events of every key in the order of time: appended at the end, revised, dropped at the beginning, summed up to given moments. */

import { BitBuffer } from "./bit-buffer.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { DroppedTotals } from "./dropped-totals.ts";
import { type EventFields, EventRun, type RunEvent } from "./event-run.ts";
import { bytesOf, type FullRun } from "./full-run.ts";
import { FullRuns } from "./full-runs.ts";
import { ListShelves, LONGEST_LIST } from "./list-shelves.ts";
import { type KeptTotals, RecentTotals } from "./recent-totals.ts";
import { SweepTurns } from "./sweep-turns.ts";
import { type Slot, WindowTotals } from "./window-totals.ts";

/** What the events of the lists are made of, and what is asked about them. */
export interface EventShape extends EventFields {
  readonly slots: readonly Slot[];
  /** Whether the totals of dropped events are kept: for windows without a beginning. */
  readonly keepsDropped: boolean;
}

/** An event of a list, for someone who changes it. */
export type Revision = (run: EventRun, at: number) => void;

/** Bits of a run that ends because it is full. Reading decodes at most one such run per moment and adds up the others whole. */
const FULL = 4 * 1024;
/** One append in so many, and each to a list that is short, chooses anew how the list is written. */
const RETUNED = 64;
const SHORT = 12;
/** Where a run says when it begins. */
const HEAD_BYTES = 6;
/** Values are smaller in magnitude. */
export const LARGEST_VALUE = 2 ** 23;

/** Lists are numbered from 0; a number that was never appended to is an empty list. A list is full runs, mostly none, and one that grows. */
export class EventLists {
  readonly #shape: EventShape;
  readonly #run: EventRun;
  /** Which list's growing run `#run` holds, as `#read` has it in `#bits` bits; -1 for none. */
  #held = -1;
  #bits = 0;
  /** While many are appended together: the list in hand whose shelf has only the first `#same` bytes of it; -1 for none. */
  #isTogether = false;
  #grown = -1;
  #same = 0;
  readonly #read = new BitBuffer();
  readonly #written = new BitBuffer();
  readonly #shelves = new ListShelves();
  readonly #full = new FullRuns();
  readonly #totals: WindowTotals;
  /** Totals as they were before a run. */
  readonly #before: Float64Array;
  readonly #dropped: DroppedTotals;
  #count = 0;
  /** No event is later. */
  #newest = Number.NEGATIVE_INFINITY;
  #appended = 0;
  /** Of a list that is looked at for events to drop, or of a full run that is summed up: the run in hand stays what it is. */
  readonly #asideRun: EventRun;
  readonly #asideBits = new BitBuffer();
  /** Lists are looked at for events to drop. */
  readonly #turns = new SweepTurns();
  readonly #recent: RecentTotals | undefined;

  constructor(shape: EventShape, kept?: KeptTotals) {
    this.#shape = shape;
    this.#recent = kept && new RecentTotals(kept.places, kept.moments, shape.slots.length);
    this.#run = new EventRun(shape);
    this.#asideRun = new EventRun(shape);
    this.#totals = new WindowTotals(shape.slots);
    this.#dropped = new DroppedTotals(shape.keepsDropped, shape.slots.length);
    this.#before = new Float64Array(shape.slots.length);
  }

  /** No event is later. */
  get newest(): number {
    return this.#newest;
  }

  /** How many list numbers are in use or were. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of all lists, idle ones included. */
  get bytes(): number {
    return this.#shelves.bytes + this.#full.bytes + this.#dropped.bytes + (this.#recent?.bytes ?? 0);
  }

  isEmpty(list: number): boolean {
    return this.#shelves.bitsOf(list) === 0 && !this.#full.has(list);
  }

  /**
   * The time goes on to `newest`: drops events before `horizon` from so many lists, one after another, that all are visited while
   * `round` seconds pass. Calls `emptied` for each that has none left.
   */
  advance(newest: number, horizon: number, round: number, emptied: (list: number) => void): void {
    if (newest > this.#newest && this.#count > 0) {
      this.#turns.passed((newest - this.#newest) / round, this.#count);
      this.#sweep(horizon, emptied);
    }
    this.#newest = newest;
  }

  /** The same over a time in which less than a round passed, with `appends` of the events in it. */
  advanceOver(newest: number, horizon: number, round: number, emptied: (list: number) => void, appends: () => void) {
    this.#turns.passed((newest - this.#newest) / round, this.#count);
    this.#newest = newest;
    this.#isTogether = true;
    appends();
    this.#isTogether = false;
    this.#storeGrown();
    this.#sweep(horizon, emptied);
  }

  #sweep(horizon: number, emptied: (list: number) => void): void {
    for (let list = this.#turns.take(this.#count); list !== undefined; list = this.#turns.take(this.#count)) {
      this.#drop(list, horizon);
      if (this.isEmpty(list)) emptied(list);
    }
  }

  /** Adds an event to a list, at its place in time; `print` tells it apart from others of its moment. Those before `horizon` are dropped. */
  append(list: number, time: number, flags: number, values: ArrayLike<number>, print: number, horizon: number): void {
    this.#admit(list);
    this.#recent?.drop(list);
    if (this.#full.has(list)) this.#dropFull(list, horizon);
    this.#hold(list);
    const run = this.#run;
    const full = this.#full.has(list);
    const last = this.#lastHeld(list);
    if (time < last) {
      this.#insert(list, time, flags, values, print);
      return;
    }
    if (this.#bits > FULL) {
      this.#fill(list);
      run.count = 0;
    }
    const gone = full ? 0 : run.indexOf(horizon);
    if (gone > 0) this.#keepDropped(list, run, gone);
    const isAnyLeft = gone < run.count;
    run.insert(run.count, time, flags, values, time === last ? print : 0);
    const isDue = run.count <= SHORT || ++this.#appended % RETUNED === 0 || run.wantsFiner;
    if (!isAnyLeft || (isDue && run.chooseScales())) this.#store(list, gone);
    else if (gone === 0) {
      const same = this.#bits >>> 3;
      this.#bits = run.writeLast(this.#read, this.#bits);
      if (this.#grown < 0) [this.#grown, this.#same] = [list, same];
      if (!this.#isTogether) this.#storeGrown();
    } else
      this.#storeBits(list, run.writeLast(this.#written, run.writeFrom(this.#written, gone, this.#read, this.#bits)));
  }

  /** The time is `newest` again: takes out the events beyond it, and gives how many went. */
  setBack(newest: number): number {
    let gone = 0;
    for (let list = 0; list < this.#count; list++) {
      this.#hold(list);
      const full = this.#full.of(list);
      if (this.#lastHeld(list) <= newest) continue;
      const kept: RunEvent[] = [];
      for (let at = 0; at <= full.length; at++) {
        this.#open(list, at);
        const run = this.#run;
        for (let event = 0; event < run.count; event++) {
          if (run.times[event] > newest) gone++;
          else kept.push(run.eventAt(event));
        }
      }
      this.#full.remove(list);
      this.#recent?.drop(list);
      this.#shelves.store(list, this.#written, 0);
      this.#held = -1;
      for (const { time, flags, values, print } of kept)
        this.append(list, time, flags, values, print, Number.NEGATIVE_INFINITY);
    }
    this.#newest = newest;
    this.#held = -1;
    return gone;
  }

  /** The time of the last event of a list; -Infinity where it has none. */
  latestOf(list: number): number {
    if (list >= this.#count) return Number.NEGATIVE_INFINITY;
    this.#hold(list);
    return this.#lastHeld(list);
  }

  /** Of the list in hand. */
  #lastHeld(list: number): number {
    const { times, count } = this.#run;
    return count > 0 ? times[count - 1] : (this.#full.of(list).at(-1)?.last ?? Number.NEGATIVE_INFINITY);
  }

  /** Whether the list holds an event of that very moment. */
  has(list: number, time: number): boolean {
    if (list >= this.#count) return false;
    const full = this.#full.of(list);
    for (let run = 0; run < full.length; run++)
      if (full[run].first <= time && time <= full[run].last && this.#find(list, time, 0) !== undefined) return true;
    this.#hold(list);
    // Mostly it is asked about a moment that is later than all.
    const { times, count } = this.#run;
    let at = count - 1;
    while (at >= 0 && times[at] > time) at--;
    return at >= 0 && times[at] === time;
  }

  /** Changes the event of that very moment with this print, else the first of that moment. */
  revise(list: number, time: number, print: number, change: Revision): void {
    const found = this.#find(list, time, print);
    if (found === undefined) return;
    this.#recent?.drop(list);
    this.#open(list, found.run);
    change(this.#run, found.at);
    this.#close(list, found.run);
  }

  /**
   * Adds to `sums[at + m * slots + s]` total s of the events before moment m (a `last` is the latest instead); dropped ones count as
   * before all moments. `moments` ascend. The first of several lists is written over what stands there. False when a sum on the way is too
   * large to be exact.
   */
  sumBefore(list: number, moments: Float64Array, sums: Float64Array, at: number, isFirst: boolean): boolean {
    const recent = this.#recent;
    if (list >= this.#count || recent === undefined) {
      if (isFirst) this.#totals.startSums(sums, at, moments.length);
      return list >= this.#count || this.#sumBefore(list, moments, sums, at, undefined);
    }
    let place = recent.find(list, moments);
    if (place < 0) {
      const room = recent.take(list);
      place = room.place;
      this.#totals.startSums(room.sums, 0, moments.length);
      if (!this.#sumBefore(list, moments, room.sums, 0, room.edges)) {
        recent.drop(list);
        return false;
      }
    }
    const { sums: known, width } = recent;
    const from = place * width;
    if (isFirst) for (let slot = 0; slot < width; slot++) sums[at + slot] = known[from + slot];
    else this.#totals.addSums(known, from, width, sums, at);
    return true;
  }

  /** `edges` is filled with the events around each moment: the time of the last before it, and of the first that is not. */
  #sumBefore(
    list: number,
    moments: Float64Array,
    sums: Float64Array,
    at: number,
    edges: Float64Array | undefined,
  ): boolean {
    const totals = this.#totals;
    const before = this.#before;
    this.#dropped.start(list, this.#totals);
    totals.isExact = true;
    let moment = 0;
    let last = Number.NEGATIVE_INFINITY;
    const walk = (run: EventRun): void => {
      const from = moment;
      moment = totals.walk(run, moments, moment, sums, at);
      if (edges === undefined) return;
      const { times, count } = run;
      for (let one = from; one < moment; one++) {
        const next = run.indexOf(moments[one]);
        edges[2 * one] = next > 0 ? times[next - 1] : last;
        edges[2 * one + 1] = times[next];
      }
      if (count > 0) last = times[count - 1];
    };
    const full = this.#full.of(list);
    for (let run = 0; run < full.length && moment < moments.length; run++) {
      const one = full[run];
      if (one.last < moments[moment]) {
        totals.addTotals(one.totals);
        last = one.last;
      } else {
        // The growing run is asked for next: it was in hand when the event was appended that this is asked for.
        this.#asideBits.bytes(one.bytes.length).set(one.bytes);
        let inside = moment;
        while (inside + 1 < moments.length && moments[inside + 1] <= one.last) inside++;
        before.set(totals.values);
        this.#asideRun.read(this.#asideBits, one.bits, one.first, moments[inside]);
        walk(this.#asideRun);
        // What lies behind the last of the moments within it was not read.
        totals.values.set(before);
        totals.addTotals(one.totals);
        last = one.last;
      }
    }
    if (moment < moments.length) {
      this.#hold(list);
      walk(this.#run);
    }
    for (; moment < moments.length; moment++) {
      totals.record(moment, sums, at);
      if (edges !== undefined) [edges[2 * moment], edges[2 * moment + 1]] = [last, Number.POSITIVE_INFINITY];
    }
    return totals.isExact;
  }

  /** Writes down all of a list. */
  save(list: number, writer: ByteWriter): void {
    if (this.#shape.keepsDropped) {
      this.#dropped.start(list, this.#totals);
      for (const total of this.#totals.values) writer.number(total);
    }
    const full = this.#full.of(list);
    writer.number(full.length);
    for (const { first, bits, bytes } of full) {
      writer.number(first);
      writer.number(bits);
      writer.bytes(bytes);
    }
    const bits = this.#shelves.load(list, this.#read);
    this.#held = -1;
    writer.number(bits);
    writer.bytes(this.#read.bytes(bytesOf(bits)).subarray(0, bytesOf(bits)));
  }

  /** Reads what `save` wrote into a list that is empty; `newest` as it was then. */
  load(list: number, reader: ByteReader, newest: number): void {
    this.#newest = newest;
    this.#admit(list);
    this.#recent?.drop(list);
    const { slots, keepsDropped } = this.#shape;
    if (keepsDropped) {
      for (let slot = 0; slot < slots.length; slot++) this.#dropped.set(list, slot, reader.number());
    }
    for (let left = reader.number(); left > 0; left--) {
      const first = reader.number();
      const bits = reader.number();
      const bytes = reader.bytes(bytesOf(bits)).slice();
      this.#read.bytes(bytes.length).set(bytes);
      this.#run.read(this.#read, bits, first);
      this.#full.add(list, this.#fullRun(bytes, bits));
    }
    const bits = reader.number();
    this.#read.bytes(bytesOf(bits)).set(reader.bytes(bytesOf(bits)));
    this.#shelves.store(list, this.#read, bits);
    this.#held = -1;
  }

  #admit(list: number): void {
    if (list < this.#count) return;
    this.#dropped.admit(this.#count, list, this.#totals);
    this.#turns.admitted(list + 1 - this.#count);
    this.#count = list + 1;
  }

  /** The growing run of a list. */
  #hold(list: number): void {
    if (this.#held === list) return;
    this.#storeGrown();
    this.#bits = this.#shelves.load(list, this.#read);
    this.#run.read(this.#read, this.#bits, this.#newest);
    this.#held = list;
  }

  /** Puts the list in hand on its shelf where events were added to it. */
  #storeGrown(): void {
    if (this.#grown >= 0) this.#shelves.store(this.#grown, this.#read, this.#bits, this.#same);
    this.#grown = -1;
  }

  #openFull({ bytes, bits, first }: FullRun): void {
    this.#storeGrown();
    this.#held = -1;
    this.#read.bytes(bytes.length).set(bytes);
    this.#run.read(this.#read, bits, first);
  }

  /** Takes run number `at` of the list in hand: a full one, or the growing one behind them. */
  #open(list: number, at: number): void {
    const full = this.#full.of(list);
    if (at < full.length) this.#openFull(full[at]);
    else this.#hold(list);
  }

  /** Puts the run in hand back. */
  #close(list: number, at: number): void {
    const full = this.#full.of(list);
    if (at < full.length) {
      this.#full.replace(list, at, this.#seal());
      this.#held = -1;
    } else this.#store(list, 0);
  }

  /** Adds the run in hand to the full ones. */
  #fill(list: number): void {
    this.#full.add(list, this.#seal());
  }

  #seal(): FullRun {
    const bits = this.#run.write(this.#written);
    return this.#fullRun(this.#written.bytes(bytesOf(bits)).slice(0, bytesOf(bits)), bits);
  }

  /** The run in hand, written in these bits. */
  #fullRun(bytes: Uint8Array, bits: number): FullRun {
    const run = this.#run;
    this.#totals.clear();
    this.#totals.addEvents(run, 0, run.count);
    const totals = this.#totals.values.slice();
    return { first: run.times[0], last: run.times[run.count - 1], bytes, bits, totals };
  }

  /** Stores the run in hand as the growing one of a list, without its first events. */
  #store(list: number, gone: number): void {
    this.#run.remove(gone);
    const bits = this.#run.write(this.#written);
    if (bits <= LONGEST_LIST) this.#storeBits(list, bits);
    else {
      this.#fill(list);
      this.#storeBits(list, 0);
    }
  }

  #storeBits(list: number, bits: number): void {
    this.#shelves.store(list, this.#written, bits);
    this.#held = -1;
    this.#grown = -1;
  }

  /** A late event. */
  #insert(list: number, time: number, flags: number, values: ArrayLike<number>, print: number): void {
    const full = this.#full.of(list);
    const found = full.findIndex(({ last }) => last > time);
    const at = found < 0 ? full.length : found;
    this.#open(list, at);
    const run = this.#run;
    let place = run.count;
    while (place > 0 && run.times[place - 1] > time) place--;
    const before = place > 0 ? run.times[place - 1] : full[at - 1]?.last;
    run.insert(place, time, flags, values, time === before ? print : 0);
    this.#close(list, at);
  }

  /** The event of that moment with this print, else the first of that moment. */
  #find(list: number, time: number, print: number): { readonly run: number; readonly at: number } | undefined {
    const full = list < this.#count ? this.#full.of(list) : [];
    let first: { readonly run: number; readonly at: number } | undefined;
    for (let run = 0; run <= full.length && list < this.#count; run++) {
      if (run < full.length && !(full[run].first <= time && time <= full[run].last)) continue;
      this.#open(list, run);
      const { times, prints, count } = this.#run;
      for (let at = 0; at < count && times[at] <= time; at++) {
        if (times[at] !== time) continue;
        if (print !== 0 && prints[at] === print) return { run, at };
        first ??= { run, at };
      }
    }
    return first;
  }

  #drop(list: number, horizon: number): void {
    if (this.#full.has(list)) {
      this.#recent?.drop(list);
      this.#dropFull(list, horizon);
    }
    if (this.#full.has(list) || this.#shelves.bitsOf(list) === 0) return;
    const run = this.#asideRun;
    this.#shelves.load(list, this.#asideBits, HEAD_BYTES);
    if (run.firstTime(this.#asideBits, this.#newest) >= horizon) return;
    const bits = this.#shelves.load(list, this.#asideBits);
    run.read(this.#asideBits, bits, this.#newest, horizon);
    const gone = run.indexOf(horizon);
    if (gone === 0) return;
    this.#recent?.drop(list);
    this.#keepDropped(list, run, gone);
    if (this.#held === list) this.#held = -1;
    const left = gone === run.count ? 0 : run.writeFrom(this.#written, gone, this.#asideBits, bits);
    this.#shelves.store(list, this.#written, left);
  }

  /** Drops the full runs before the horizon; one that reaches beyond it stays whole. */
  #dropFull(list: number, horizon: number): void {
    for (let run = this.#full.takeBefore(list, horizon); run; run = this.#full.takeBefore(list, horizon)) {
      if (!this.#dropped.isKept) continue;
      this.#dropped.start(list, this.#totals);
      this.#totals.addTotals(run.totals);
      this.#dropped.keep(list, this.#totals);
    }
  }

  /** Adds the first events of a run to the totals of the dropped ones. */
  #keepDropped(list: number, run: EventRun, count: number): void {
    if (!this.#dropped.isKept) return;
    this.#dropped.start(list, this.#totals);
    this.#totals.addEvents(run, 0, count);
    this.#dropped.keep(list, this.#totals);
  }
}
