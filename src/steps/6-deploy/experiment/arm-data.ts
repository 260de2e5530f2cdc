/** What an analysis needs of each arm: moments per randomised unit, and what went wrong on the way to them. */

import type { Moments } from "../../5-evaluate/protocols/moments.ts";
import type { PairedMoments } from "./paired-moments.ts";

/** One metric of one arm, over its units. */
export interface MetricMoments extends Moments {
  /** Third standardised moment: how far a few large values pull the mean. 0 where the values do not vary. */
  readonly skewness: number;
  /** Whether every unit's value is 0 or 1. */
  readonly binary: boolean;
}

/** One arm over its units. */
export interface ArmData {
  readonly name: string;
  readonly units: number;
  /** Units that were assigned but have no outcome; their value is 0. */
  readonly withoutOutcome: number;
  /** By name of the metric. */
  readonly metrics: ReadonlyMap<string, MetricMoments>;
  /** Primary metric (x) with its denominator (y), for a ratio metric. */
  readonly ratio?: PairedMoments;
  /** Value before the experiment (x) with the primary metric (y), for CUPED. */
  readonly past?: PairedMoments;
}

/** Arms with at least one unit each, and the units that belong to none of them. */
export interface ExperimentData {
  readonly arms: readonly ArmData[];
  readonly metrics: readonly string[];
  /** What the first metric is divided by, where it is a ratio. */
  readonly denominator?: string;
  /** Units that were seen in more than one arm. They are left out. */
  readonly inSeveralArms: number;
  /** Units whose arm is empty, or `NULL` or the like, in the assignments. They are left out. */
  readonly withoutArm?: number;
  /** Units with outcomes that the assignments do not list: often the rest of the site. They are left out. */
  readonly neverAssigned: number;
  /** Assigned units without an outcome whose name differs from a stranger's only in capitals, blanks, leading zeros, a `.0` or what stands before the first digit. */
  readonly nearKeys?: number;
  /** Last lines without a line end. */
  readonly openEnds?: readonly { readonly file: string; readonly line: string }[];
  /** An assigned unit without an outcome, and a unit of the outcomes without an arm; absent where all join. */
  readonly loose?: { readonly assigned: string; readonly outcome: string };
  /** Rows that do not parse and were left out because that was asked for; absent where none was. */
  readonly malformed?: {
    readonly count: number;
    readonly rows: number;
    readonly where: string;
    readonly reason: string;
  };
}
