/** A scored task as a stream of events for features: its entities and the case itself; measures are what adds up, and the label. */

import type { NumericColumn } from "../../../core/table.ts";
import type { ScoredTask } from "../scored-task.ts";
import type { EntityColumn, EventStream, FeatureRequests, Measure } from "./event-stream.ts";

/**
 * The label is a measure under the name of a positive case, 0 or 1, and belongs to features with a delay only. A case whose cell is empty does
 * not have that measure, as in SQL: it adds nothing to a sum and counts in no mean of it, and `count()` counts the case.
 */
export function scoredStream(task: ScoredTask): EventStream {
  const { time, label, values, summed, words } = task;
  const measures = new Map<string, Measure>();
  for (const name of summed) {
    const column = values.get(name);
    if (column !== undefined) measures.set(name, whereKnown(column));
  }
  return {
    time,
    entities: entitiesOf(task, undefined),
    measures: measures.set(words.positive, { values: label, isBinary: true }),
    attributes: new Map<string, ReadonlyMap<string, NumericColumn>>([[words.row, values]]),
  };
}

function whereKnown(values: NumericColumn): Measure {
  if (!values.some(Number.isNaN)) return { values };
  return { values, mask: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)) };
}

/** What would have been asked about these cases at their moments. */
export function caseRequests(task: ScoredTask, rows: Int32Array): FeatureRequests {
  return { time: Float64Array.from(rows, (row) => task.time[row]), entities: entitiesOf(task, rows) };
}

function entitiesOf({ entities, time, words }: ScoredTask, rows: Int32Array | undefined): FeatureRequests["entities"] {
  const pick = (column: Int32Array): Int32Array => (rows === undefined ? column : rows.map((row) => column[row]));
  const all = new Map<string, EntityColumn>();
  for (const [name, { count, rows: keys }] of entities) all.set(name, { count, rows: pick(keys) });
  const own = rows ?? Int32Array.from({ length: time.length }, (_, row) => row);
  return all.set(words.row, { count: time.length, rows: own });
}
