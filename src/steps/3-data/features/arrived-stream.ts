/** A stream in which an event happens when it was known: what labels that arrive one by one are added up over. */

import { pickRows } from "../../../core/table.ts";
import type { EntityColumn, EventStream, Measure } from "./event-stream.ts";
import type { WindowStatistic } from "./feature-plan.ts";

/** Whether a statistic goes over events of which something arrives later than they happened. */
export function goesByArrival({ arrival }: Pick<EventStream, "arrival">, one: WindowStatistic): boolean {
  return arrival !== undefined && (one.measure === arrival.measure || one.where === arrival.measure);
}

/**
 * The events in the order in which they were known, each at the moment at which a statistic with this `delay` may take it for one that has just
 * happened: it is used from the later of its time plus the delay and the moment at which it was known. Events that were never known are left out.
 */
export function arrivedStream(stream: EventStream, delay: number): EventStream {
  const { time, entities, measures, counted, arrival, ...rest } = stream;
  if (arrival === undefined) return stream;
  const moments = Float64Array.from(time, (at, row) => Math.max(at, arrival.knownAt[row] - delay));
  const order = Int32Array.from(time.keys())
    .filter((row) => moments[row] < Number.POSITIVE_INFINITY)
    .sort((one, other) => moments[one] - moments[other] || one - other);
  const moved = new Map<string, EntityColumn>();
  for (const [name, column] of entities) moved.set(name, { ...column, rows: order.map((row) => column.rows[row]) });
  const measured = new Map<string, Measure>();
  for (const [name, { mask, values, ...measure }] of measures)
    measured.set(name, {
      ...measure,
      ...(mask === undefined ? {} : { mask: Uint8Array.from(order, (row) => mask[row]) }),
      ...(values === undefined ? {} : { values: pickRows(values, order) }),
    });
  return {
    ...rest,
    time: Float64Array.from(order, (row) => moments[row]),
    entities: moved,
    measures: measured,
    ...(counted === undefined ? {} : { counted: Uint8Array.from(order, (row) => counted[row]) }),
  };
}
