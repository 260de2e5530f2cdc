/** Fewer requests than there could be: units drawn at random, by one draw for every set, so that ranking all items for each stays affordable. */

import type { Random } from "../../../core/random.ts";
import { joinLists, listAt } from "../row-lists.ts";
import type { Requests } from "./request-time.ts";

/** A place for every unit, all different, by chance: whoever stands first is drawn first. */
export function drawOfUnits(units: number, random: Random): Int32Array {
  const places = Int32Array.from({ length: units }, (_, unit) => unit);
  return random.fork("asked").shuffle(places);
}

/** The `most` requests whose units stand first, in the order in which they were; all of them where there are no more. What is counted of units stays. */
export function drawRequests(requests: Requests, most: number, places: Int32Array): Requests {
  const { count, unit, moment, history, relevant, seenBefore, units } = requests;
  if (count <= most) return requests;
  const drawn = Int32Array.from(unit.keys())
    .sort((one, other) => places[unit[one]] - places[unit[other]])
    .subarray(0, most)
    .sort();
  const pick = (column: Int32Array): Int32Array => drawn.map((one) => column[one]);
  const grades = gradesOf(requests, drawn);
  return {
    count: drawn.length,
    unit: pick(unit),
    moment: Float64Array.from(drawn, (one) => moment[one]),
    history: { ...history, from: pick(history.from), until: pick(history.until) },
    relevant: joinLists(Array.from(drawn, (one) => listAt(relevant, one))),
    ...(grades === undefined ? {} : { grades }),
    seenBefore: Uint8Array.from(drawn, (one) => seenBefore[one]),
    units,
  };
}

function gradesOf({ grades, relevant }: Requests, drawn: Int32Array): Float64Array | undefined {
  if (grades === undefined) return undefined;
  const { offsets } = relevant;
  return Float64Array.from(
    Array.from(drawn).flatMap((one) => Array.from(grades.subarray(offsets[one], offsets[one + 1]))),
  );
}
