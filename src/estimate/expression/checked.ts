/** What the compiler makes of each part of an expression: its dimension, and a function that only does arithmetic. */

import type { Dimension } from "../../core/unit.ts";

/** The values of a run: numbers by slot, and the lists that variables of many values hold. */
export interface Frame {
  readonly scalars: number[];
  readonly lists: (readonly number[])[];
}

/** Where a variable lives and what it is. */
export interface Slot {
  readonly index: number;
  readonly dimension: Dimension;
  /** Holds several values, given to functions of many arguments. */
  readonly many: boolean;
}

export interface Checked {
  readonly dimension: Dimension;
  /** A bare 0 fits any unit. */
  readonly isZero?: boolean;
  readonly run: (frame: Frame) => number;
}
