/** Totals of lists as they were found last: good for every request until one of its moments passes an event, or the list changes. */

/** How many lists' totals are kept as they were found last: worth it where a list is asked about more often than it changes. */
export interface KeptTotals {
  /** A power of two. */
  readonly places: number;
  /** Moments of a request. */
  readonly moments: number;
}

/** A fixed number of places: a list that needs one takes it from whoever has it. */
export class RecentTotals {
  readonly #moments: number;
  readonly #width: number;
  readonly #mask: number;
  /** The list of each place; -1 for none. */
  readonly #lists: Int32Array;
  /** Of each place and moment the times between which no event lies: the moment is behind the first, and not behind the second. */
  readonly #edges: Float64Array;
  /** Of each place, moment and slot the total. */
  readonly #sums: Float64Array;

  /** `places` is a power of two; `slots` totals are kept for each of `moments`. */
  constructor(places: number, moments: number, slots: number) {
    this.#moments = moments;
    this.#width = moments * slots;
    this.#mask = places - 1;
    this.#lists = new Int32Array(places).fill(-1);
    this.#edges = new Float64Array(places * moments * 2);
    this.#sums = new Float64Array(places * this.#width);
  }

  get bytes(): number {
    return this.#lists.byteLength + this.#edges.byteLength + this.#sums.byteLength;
  }

  /** Of each place, moment and slot the total: a place's begin at `width` times its number. */
  get sums(): Float64Array {
    return this.#sums;
  }

  /** Totals of a place. */
  get width(): number {
    return this.#width;
  }

  /** The place of a list whose totals before each moment are known; -1 where they are not. */
  find(list: number, moments: Float64Array): number {
    const place = list & this.#mask;
    if (this.#lists[place] !== list) return -1;
    let edge = place * this.#moments * 2;
    for (let at = 0; at < this.#moments; at++, edge += 2) {
      const moment = moments[at];
      if (!(this.#edges[edge] < moment && moment <= this.#edges[edge + 1])) return -1;
    }
    return place;
  }

  /** The place for a list, with what is to be filled: its totals, and their edges. */
  take(list: number): { readonly place: number; readonly sums: Float64Array; readonly edges: Float64Array } {
    const place = list & this.#mask;
    this.#lists[place] = list;
    const edges = this.#edges.subarray(place * this.#moments * 2, (place + 1) * this.#moments * 2);
    return { place, sums: this.#sums.subarray(place * this.#width, (place + 1) * this.#width), edges };
  }

  /** The list is not what it was. */
  drop(list: number): void {
    const place = list & this.#mask;
    if (this.#lists[place] === list) this.#lists[place] = -1;
  }
}
