/** By list the totals of the events that were dropped, for windows without a beginning; of nothing where they are not kept. */

import { growTo } from "./grow-array.ts";
import type { WindowTotals } from "./window-totals.ts";

export class DroppedTotals {
  readonly isKept: boolean;
  readonly #slots: number;
  #values = new Float64Array(0);

  constructor(isKept: boolean, slots: number) {
    this.isKept = isKept;
    this.#slots = slots;
  }

  get bytes(): number {
    return this.#values.byteLength;
  }

  /** Lists from `first` to `last` are new: theirs are the totals of nothing. */
  admit(first: number, last: number, totals: WindowTotals): void {
    if (!this.isKept) return;
    this.#values = growTo(this.#values, (last + 1) * this.#slots);
    totals.clear();
    for (let list = first; list <= last; list++) this.keep(list, totals);
  }

  /** Sets the totals to those of a list. */
  start(list: number, totals: WindowTotals): void {
    const { values } = totals;
    if (!this.isKept) totals.clear();
    else for (let at = 0; at < values.length; at++) values[at] = this.#values[list * values.length + at];
  }

  keep(list: number, { values }: WindowTotals): void {
    this.#values.set(values, list * this.#slots);
  }

  set(list: number, slot: number, value: number): void {
    this.#values[list * this.#slots + slot] = value;
  }
}
