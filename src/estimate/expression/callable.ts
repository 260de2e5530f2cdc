/** An estimate as the language sees it: named inputs in, named lines out. */

import type { Dimension } from "../../core/unit.ts";

/** Values by name, in base units (bytes, seconds, dollars, FLOP, joules; a share as a fraction). */
export type Bindings = Readonly<Record<string, number | readonly number[]>>;

export interface CallableInput {
  readonly dimension: Dimension;
  /** Takes several values. */
  readonly many: boolean;
  /** A growth: `10%/month` compounds to 213.8 % a year, and `2x/year` is a doubling, as in a note. */
  readonly isGrowth: boolean;
  readonly default?: number | readonly number[];
}

export interface Callable {
  readonly callInputs: ReadonlyMap<string, CallableInput>;
  /** The dimension of each line. */
  readonly outputs: ReadonlyMap<string, Dimension>;
  /** The line that is meant when none is named. */
  readonly answer: string;
  /** How many long loops a call runs. */
  readonly longCalls: number;
  /** The value of one line. Throws a `FailureError` when the inputs are out of range. */
  call(values: Bindings, output: string): number;
}
