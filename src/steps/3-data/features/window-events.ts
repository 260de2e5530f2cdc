/** Events laid out by key and time, and what lies in the windows of requests among them: window ends only move forward. */

import { FailureError } from "../../../core/outcome.ts";
import type { NumericColumn } from "../../../core/table.ts";
import type { EntityColumn } from "./event-stream.ts";
import { LARGEST_EXACT_SUM, notExact, quantize } from "./feature-plan.ts";
import type { KeyEntries, KeySpace } from "./key-space.ts";

/** The events of a statistic, those of one key together and in the order of time. */
export interface CollectedEvents {
  /** Events of key k lie from `offsets[k]` up to `offsets[k + 1]`. */
  readonly offsets: Int32Array;
  /** Row in the stream of each. */
  readonly row: Int32Array;
}

/** Rows whose keys are listed at a time: the keys of all rows would take twice the memory of what is made of them. */
const BLOCK = 1 << 18;

/** The rows that every mask marks, by their keys. They are laid out in `room` where it is large enough: what was there is gone. */
export function collectEvents(
  space: KeySpace,
  entities: readonly EntityColumn[],
  rows: number,
  masks: readonly Uint8Array[],
  room: Int32Array = new Int32Array(0),
): CollectedEvents {
  const offsets = new Int32Array(space.size + 1);
  const block = (from: number): KeyEntries =>
    space.entriesOf(entities, Math.min(rows, from + BLOCK), masks, undefined, from);
  for (let from = 0; from < rows; from += BLOCK) {
    const { key } = block(from);
    for (let at = 0; at < key.length; at++) offsets[key[at] + 1]++;
  }
  for (let one = 0; one < space.size; one++) offsets[one + 1] += offsets[one];
  const next = offsets.slice();
  const count = offsets[space.size];
  const grouped = count <= room.length ? room.subarray(0, count) : new Int32Array(count);
  for (let from = 0; from < rows; from += BLOCK) {
    const { key, row } = block(from);
    for (let at = 0; at < key.length; at++) grouped[next[key[at]]++] = row === undefined ? from + at : row[at];
  }
  return { offsets, row: grouped };
}

/** The requests of a block with the keys that each asks about: entry i is of request `row[i]`, or where there are no rows of request `first` + i. */
export interface AskedEntries extends KeyEntries {
  readonly first: number;
}

/** A moment that lies a fixed time before each request, and the first event of each key at or after it. */
export interface WindowEnd {
  /** For each entry of the next block of requests, in the order of their time, the place of that event. */
  advance(entries: AskedEntries): Int32Array;
}

/**
 * Requests come in the order of time, so that the rows of the stream and each key's place only move forward; comparing rows instead of times halves
 * the memory that is touched: a few nanoseconds a request.
 */
export function openWindowEnd(
  { offsets, row: eventRow }: CollectedEvents,
  streamTime: Float64Array,
  requestTime: Float64Array,
  shift: number,
): WindowEnd {
  const places = offsets.slice(0, -1);
  let reached = 0;
  return {
    advance({ key, row, first }) {
      const found = new Int32Array(key.length);
      // Held beside the loop: what the closure keeps is read from memory each time.
      let cut = reached;
      for (let at = 0; at < key.length; at++) {
        const moment = requestTime[row === undefined ? first + at : row[at]] - shift;
        while (cut < streamTime.length && streamTime[cut] < moment) cut++;
        const one = key[at];
        const end = offsets[one + 1];
        let place = places[one];
        while (place < end && eventRow[place] < cut) place++;
        places[one] = place;
        found[at] = place;
      }
      reached = cut;
      return found;
    },
  };
}

/** For each entry of a request the first event of its window and the first one after it. */
interface Bounds {
  readonly from: Int32Array;
  readonly until: Int32Array;
}

/** What fills a statistic's column, block after block of requests in the order of their time. */
export type FillColumn = (entries: AskedEntries, bounds: Bounds) => void;

/** When the last event of each request's windows was; -Infinity where there is none. */
export function fillLast(events: CollectedEvents, time: Float64Array, column: Float64Array): FillColumn {
  column.fill(Number.NEGATIVE_INFINITY);
  return ({ key, row, first }, { from, until }) => {
    for (let at = 0; at < key.length; at++) {
      if (until[at] <= from[at]) continue;
      const request = row === undefined ? first + at : row[at];
      column[request] = Math.max(column[request], time[events.row[until[at] - 1]]);
    }
  };
}

/** How many events lie in each request's windows; what its several keys give is added up. */
export function fillCounts(column: Float64Array): FillColumn {
  return ({ key, row, first }, { from, until }) => {
    for (let at = 0; at < key.length; at++) column[row === undefined ? first + at : row[at]] += until[at] - from[at];
  };
}

/**
 * What the events of each request's windows add up to. Each key keeps the sum of its window, to which events are added as its end moves forward, and
 * from which they are taken as its beginning does: exact, because all are multiples of one resolution, and without a sum for every event.
 */
export function fillSums(
  { offsets, row: eventRow }: CollectedEvents,
  values: NumericColumn,
  column: Float64Array,
): FillColumn {
  const begun = offsets.slice(0, -1);
  const ended = offsets.slice(0, -1);
  const sums = new Float64Array(begun.length);
  return ({ key, row, first }, { from, until }) => {
    for (let at = 0; at < key.length; at++) {
      const one = key[at];
      let sum = sums[one];
      for (let place = ended[one]; place < until[at]; place++) sum += quantize(values[eventRow[place]]);
      for (let place = begun[one]; place < from[at]; place++) sum -= quantize(values[eventRow[place]]);
      ended[one] = until[at];
      begun[one] = from[at];
      sums[one] = sum;
      column[row === undefined ? first + at : row[at]] += sum;
    }
  };
}

/** Throws a `FailureError` where the values of these events are too large to be added exactly. */
export function checkSum({ row }: CollectedEvents, values: NumericColumn, measure: string): true {
  let size = 0;
  for (let at = 0; at < row.length; at++) size += Math.abs(quantize(values[row[at]]));
  if (size < LARGEST_EXACT_SUM) return true;
  throw new FailureError(notExact(measure, size));
}
