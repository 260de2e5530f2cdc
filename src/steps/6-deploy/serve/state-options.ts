/** How a feature state takes events: what it bounds, how far it believes a clock, and how long it remembers. */

import type { MeasureBounds } from "./state-faults.ts";

/** What a state may take. Times are in seconds. */
export interface FeatureStateOptions {
  /** How far before the newest event another one, or a request, may lie; default 0. Events stay that much longer. */
  readonly lateness?: number;
  /**
   * How far ahead of its arrival an event may lie where `apply` is told when that was; default half the lateness. No longer than the
   * lateness, it leaves honest events in time, however many others say that it is later.
   */
  readonly leeway?: number;
  /** An event this far ahead of the newest one is taken for the fault of a clock; default 30 days. */
  readonly jump?: number;
  /**
   * How far one witness alone may move the clock beyond all others; default `jump`. Beyond it, up to the jump, three different ones have to
   * agree. No longer than the lateness, it leaves honest events in time whatever a single witness says.
   */
  readonly step?: number;
  /** Such events in a row, agreeing with each other, after which the clock is believed to have moved; default 3. */
  readonly confirmations?: number;
  /** The entity whose keys count as witnesses of a moved clock: one key is one witness, however often it says so. Absent: each event is one. */
  readonly witness?: string;
  /** How long ids are remembered, at least; default one hour, or the lateness where that is longer. */
  readonly idSpan?: number;
  /** Lists per kind of entity whose totals are kept as they were found last, a power of two: worth its memory where reads are many and events few. Default none. */
  readonly keptTotals?: number;
  /** Least and largest amount of a measure, both allowed; any number below 2^23 in magnitude where there is none. */
  readonly bounds?: MeasureBounds;
}
