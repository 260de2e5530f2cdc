/** Events whose place in the lists is left for later: then list by list, so that each list is read and written once for many of them. */

import type { EventLists } from "./event-lists.ts";
import { growTo } from "./grow-array.ts";

/** Events that wait at most. */
const MOST = 1 << 18;

/** Where an event's values begin. */
const VALUES = 3;

/** Where lists are so many times the events that wait, those are sorted; else they are counted. */
const FEW = 16;

/** Stands before lists that are told much and asked little. Whoever asks them for anything else settles first. */
export class PutOffAppends {
  readonly #lists: EventLists;
  readonly #most: number;
  #count = 0;
  #list = new Int32Array(0);
  /** Of each event its time, flags, print and values, side by side: list by list, each is far from the one before. */
  #events = new Float64Array(0);
  readonly #width: number;
  /** By list the time of its last event, those that wait among them; NaN where that was not looked up. */
  #latest = new Float64Array(0);
  /** Lists of which that is not known, and the time of the last event that waits. */
  readonly #unseen = new Map<number, number>();
  #newest: number;
  #horizon = Number.NEGATIVE_INFINITY;
  #round = 1;
  #emptied: (list: number) => void = () => undefined;

  /** Events have so many `columns` of values, and `most` of them wait. */
  constructor(lists: EventLists, columns: number, most = MOST) {
    this.#lists = lists;
    this.#most = most;
    this.#newest = lists.newest;
    this.#width = VALUES + columns;
  }

  /** As of the lists. */
  append(list: number, time: number, flags: number, values: ArrayLike<number>, print: number, horizon: number): void {
    const at = this.#count++;
    this.#reserve(this.#count);
    this.#list[at] = list;
    const event = at * this.#width;
    this.#events[event] = time;
    this.#events[event + 1] = flags;
    this.#events[event + 2] = print;
    for (let column = VALUES; column < this.#width; column++) this.#events[event + column] = values[column - VALUES];
    this.#horizon = horizon;
    const latest = list < this.#latest.length ? this.#latest[list] : Number.NaN;
    if (Number.isNaN(latest)) this.#unseen.set(list, Math.max(time, this.#unseen.get(list) ?? time));
    else if (time > latest) this.#latest[list] = time;
    if (this.#count >= this.#most) this.settle();
  }

  /** As of the lists, which are not looked through for what is to be dropped until they are settled. */
  advance(newest: number, horizon: number, round: number, emptied: (list: number) => void): void {
    // Lists say when they begin by what is left of a longer time: none may wait for long.
    if (this.#isFar(newest, round)) this.settle();
    if (this.#isFar(newest, round)) this.#lists.advance(newest, horizon, round, emptied);
    [this.#newest, this.#horizon, this.#round, this.#emptied] = [newest, horizon, round, emptied];
  }

  #isFar(newest: number, round: number): boolean {
    return newest - this.#lists.newest > round / 2;
  }

  /** Whether the list holds an event of that very moment, which is not before the horizon. */
  has(list: number, time: number): boolean {
    const latest = this.#latestOf(list);
    // Mostly it is asked about a moment that is later than all.
    if (time >= latest) return time === latest;
    this.settle();
    return this.#lists.has(list, time);
  }

  #latestOf(list: number): number {
    if (list >= this.#latest.length) {
      const from = this.#latest.length;
      this.#latest = growTo(this.#latest, list + 1);
      this.#latest.fill(Number.NaN, from);
    }
    if (Number.isNaN(this.#latest[list])) {
      this.#latest[list] = Math.max(this.#lists.latestOf(list), this.#unseen.get(list) ?? Number.NEGATIVE_INFINITY);
      this.#unseen.delete(list);
    }
    return this.#latest[list];
  }

  /** Places all that wait. */
  settle(): void {
    if (this.#newest > this.#lists.newest)
      this.#lists.advanceOver(this.#newest, this.#horizon, this.#round, this.#emptied, () => this.#placeAll());
    else this.#placeAll();
  }

  #placeAll(): void {
    const values = new Float64Array(this.#width - VALUES);
    const events = this.#events;
    for (const at of this.#byList()) {
      const event = at * this.#width;
      for (let column = 0; column < values.length; column++) values[column] = events[event + VALUES + column];
      this.#lists.append(this.#list[at], events[event], events[event + 1], values, events[event + 2], this.#horizon);
    }
    this.#count = 0;
    this.#unseen.clear();
  }

  /** Those that wait, one list after the other, those of a list as they came. */
  #byList(): Uint32Array {
    const list = this.#list.subarray(0, this.#count);
    const lists = list.reduce((most, one) => Math.max(most, one + 1), 0);
    if (lists > FEW * list.length)
      return Uint32Array.from(list.keys()).sort((one, other) => list[one] - list[other] || one - other);
    const ends = new Uint32Array(lists + 1);
    for (const one of list) ends[one + 1]++;
    for (let at = 1; at < ends.length; at++) ends[at] += ends[at - 1];
    const order = new Uint32Array(list.length);
    for (let at = 0; at < list.length; at++) order[ends[list[at]]++] = at;
    return order;
  }

  #reserve(count: number): void {
    this.#list = growTo(this.#list, count);
    this.#events = growTo(this.#events, count * this.#width);
  }
}
