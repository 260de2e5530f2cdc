/** Running totals over the events of a key, written down where windows begin and end. */

import { LARGEST_EXACT_SUM } from "../../3-data/features/feature-plan.ts";
import type { EventRun } from "./event-run.ts";

/** One running total over the events of a key: all those that have every flag of `flags`. */
export interface Slot {
  readonly what: "count" | "sum" | "last";
  readonly flags: number;
  /** Whose values a `sum` adds up. */
  readonly column: number;
}

/** What a slot does with an event that it does not add a value of. */
const COUNTED = -1;
const LATEST = -2;
/** Half of what can be exact: totals are looked at once a run, in which they change by less than the other half. */
const LARGEST_TOTAL = LARGEST_EXACT_SUM / 2;

export class WindowTotals {
  /** By slot. */
  readonly values: Float64Array;
  /** Whether no sum was too large to be exact since `isExact` was last set. */
  isExact = true;
  readonly #flags: Int32Array;
  /** By slot the column that is added up, `COUNTED` or `LATEST`. */
  readonly #added: Int32Array;

  constructor(slots: readonly Slot[]) {
    this.values = new Float64Array(slots.length);
    this.#flags = Int32Array.from(slots, ({ flags }) => flags);
    this.#added = Int32Array.from(slots, ({ what, column }) =>
      what === "sum" ? column : what === "count" ? COUNTED : LATEST,
    );
    this.clear();
  }

  /** The totals of no events. */
  clear(): void {
    for (let slot = 0; slot < this.values.length; slot++) {
      this.values[slot] = this.#added[slot] === LATEST ? Number.NEGATIVE_INFINITY : 0;
    }
  }

  /** Adds events `from` to `until` of a run. */
  addEvents({ times, flags, someFlags, values }: EventRun, from: number, until: number): void {
    for (let slot = 0; slot < this.values.length; slot++) {
      const wanted = this.#flags[slot];
      if ((someFlags & wanted) !== wanted) continue;
      const added = this.#added[slot];
      let total = this.values[slot];
      if (added === COUNTED && wanted === 0) total += until - from;
      else if (added === COUNTED) {
        for (let at = from; at < until; at++) if ((flags[at] & wanted) === wanted) total++;
      } else if (added === LATEST) {
        for (let at = from; at < until; at++)
          if ((flags[at] & wanted) === wanted && times[at] > total) total = times[at];
      } else {
        const column = values[added];
        for (let at = from; at < until; at++) if ((flags[at] & wanted) === wanted) total += column[at];
      }
      this.values[slot] = total;
    }
  }

  /** Adds the totals of other events. */
  addTotals(more: Float64Array): void {
    for (let slot = 0; slot < this.values.length; slot++) {
      const isLatest = this.#added[slot] === LATEST;
      const total = isLatest ? Math.max(this.values[slot], more[slot]) : this.values[slot] + more[slot];
      this.values[slot] = total;
      if (this.#added[slot] >= 0 && !(Math.abs(total) < LARGEST_TOTAL)) this.isExact = false;
    }
  }

  /** What the sums of so many moments are before anything was added to them. */
  startSums(sums: Float64Array, from: number, moments: number): void {
    const slots = this.values.length;
    for (let at = 0; at < moments * slots; at++)
      sums[from + at] = this.#added[at % slots] === LATEST ? Number.NEGATIVE_INFINITY : 0;
  }

  /** Adds `count` sums of one key, which stand in `more` from `from` on, to those of all keys of a request, which stand in `sums` from `to` on. */
  addSums(more: Float64Array, from: number, count: number, sums: Float64Array, to: number): void {
    const slots = this.values.length;
    for (let start = 0; start < count; start += slots) {
      for (let slot = 0; slot < slots; slot++) {
        const at = to + start + slot;
        const value = more[from + start + slot];
        sums[at] = this.#added[slot] === LATEST ? Math.max(sums[at], value) : sums[at] + value;
      }
    }
  }

  /** Goes through a run, and writes the totals down at each moment that is reached; returns the first moment not reached. */
  walk(run: EventRun, moments: Float64Array, start: number, sums: Float64Array, at: number): number {
    const { times, count } = run;
    let from = 0;
    for (let moment = start; moment < moments.length; moment++) {
      let until = from;
      while (until < count && times[until] < moments[moment]) until++;
      this.addEvents(run, from, until);
      if (until === count) return moment;
      this.record(moment, sums, at);
      from = until;
    }
    return moments.length;
  }

  /** Adds the totals to those of a moment: `sums[at + moment * slots + slot]`. */
  record(moment: number, sums: Float64Array, at: number): void {
    const start = at + moment * this.values.length;
    for (let slot = 0; slot < this.values.length; slot++) {
      const total = this.values[slot];
      if (this.#added[slot] === LATEST) sums[start + slot] = Math.max(sums[start + slot], total);
      else sums[start + slot] += total;
      if (this.#added[slot] >= 0 && !(Math.abs(total) < LARGEST_TOTAL)) this.isExact = false;
    }
  }
}
