/** One request for every unit at one moment, with all it did before: what a system is asked once the history has ended. */

import { kindCode, type RankedTask } from "../ranked-task.ts";
import { asShared, groupRows, joinLists, listAt } from "../row-lists.ts";
import type { StoredRequests } from "./stored-requests.ts";

/** Requests in the order of units. Nothing is known of what will be liked: `relevant` is empty. */
export function everyUnitAt({ events, units }: Pick<RankedTask, "events" | "units">, moment: number): StoredRequests {
  const impression = kindCode("impression");
  const rows = groupRows(events.unit, units);
  const deeds = Array.from({ length: units }, (_, unit) =>
    listAt(rows, unit).filter((row) => events.kind[row] !== impression && events.time[row] < moment),
  );
  return {
    count: units,
    unit: Int32Array.from(deeds, (_, unit) => unit),
    moment: new Float64Array(units).fill(moment),
    seenBefore: Uint8Array.from(deeds, ({ length }) => (length > 0 ? 1 : 0)),
    history: asShared(joinLists(deeds)),
    relevant: joinLists(deeds.map(() => [])),
  };
}
