/** What features are computed from: a stream of events with the entities they touch and what can be measured on them. */

import type { NumericColumn } from "../../../core/table.ts";
import { type Lists, listAt } from "../row-lists.ts";

/** The entities of one kind that rows touch. */
export interface EntityColumn {
  /** Keys are whole numbers from 0 up to this. */
  readonly count: number;
  /** One per row: the key itself, or where there are `lists` the list that holds the row's keys; -1 for none. */
  readonly rows: Int32Array;
  /** Several keys per row: the genres of the row's title. */
  readonly lists?: Lists;
}

/** Something that events may have. */
export interface Measure {
  /** 1 where the event has it; absent when every event does. */
  readonly mask?: Uint8Array;
  /** How much of it; absent when there is nothing to add up but events. */
  readonly values?: NumericColumn;
  /** The measure whose events could have had this one, which makes it a rate: `impression` for `click`. */
  readonly per?: string;
  /** True when all values are 0 or 1, so that their mean is a rate. */
  readonly isBinary?: boolean;
}

/** Events in the order of time, as columns. */
export interface EventStream {
  /** Seconds, ascending. */
  readonly time: Float64Array;
  readonly entities: ReadonlyMap<string, EntityColumn>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** 1 where `count()` and `recency()` without a measure count the event; absent when they count all. */
  readonly counted?: Uint8Array;
  /** Which measure is known later than its event happened, and when that of each event was; `Infinity` where it never was. */
  readonly arrival?: { readonly measure: string; readonly knownAt: Float64Array };
  /** Facts about entities: entity name, then column name, one number per key. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, NumericColumn>>;
}

/** Questions to be answered with features: at which moment, about which entities. */
export interface FeatureRequests {
  /** Seconds, in any order. */
  readonly time: Float64Array;
  /** The entities of the features, with the keys of the stream. Two of the same `rows` array share one pass. */
  readonly entities: ReadonlyMap<string, EntityColumn>;
}

/** The keys of row `row`, none for an unknown entity. */
export function keysOf({ rows, lists }: EntityColumn, row: number): ArrayLike<number> {
  if (rows[row] < 0) return [];
  return lists === undefined ? [rows[row]] : listAt(lists, rows[row]);
}
