/** The request-time protocol: what each unit who is active after the cut had done when asking, and what they liked afterwards. */

import { type EventKind, kindCode, type RankedEvents } from "../ranked-task.ts";
import { groupRows, joinLists, type Lists, listAt } from "../row-lists.ts";
import type { StoredRequests } from "./stored-requests.ts";

/** Where the cut lies, how much is folded in, and what counts as liked. */
export interface RequestTimeOptions {
  /** The cut, in seconds: a model has learned from events strictly before it. */
  readonly from: number;
  /** Events at or after it do not exist for this protocol; default: never. */
  readonly until?: number;
  /** Share of a unit's events after the cut that has happened when the request comes; default 0.5, 0 for the coldest case. */
  readonly foldIn?: number;
  /** Which later events make an item relevant; default a rating of 4 or more. */
  readonly relevant?: RelevanceFacts;
  /** What `deedsByUnit` gives, where somebody has it already: sets of requests that are made of the same one share its rows. */
  readonly deeds?: Lists;
}

/** What makes an item relevant. */
export type RelevanceFacts = {
  readonly kind: EventKind;
  readonly atLeast: number;
  /** Whether a relevant item counts by its largest value, and not as one of many alike. */
  readonly graded?: boolean;
};

/** One request per unit that has something relevant to find, in the order of units, with those who make none counted. */
export interface Requests extends StoredRequests {
  readonly units: {
    /** Units with an event after the cut. */
    readonly active: number;
    /** Of those, the ones with an event before it. */
    readonly seenBefore: number;
    /** Active units with nothing relevant to find: they make no request. */
    readonly withoutRelevant: number;
    /** Of those, the ones with wanted later events, all of items that they had before: what somebody had is no find. */
    readonly onlyHad: number;
  };
}

/**
 * Of a unit's n events after the cut, the first floor(foldIn × n) are history. The request comes at the moment of the next
 * one; events at that very moment are hidden too, so a unit who rates several items in one second is never asked half of it.
 * Where events became known later than they happened, a request comes when something happened, history is what was known by then, and what had
 * happened by then is nothing to be found, known or not.
 */
export function createRequests(events: RankedEvents, unitCount: number, options: RequestTimeOptions): Requests {
  const { from, until = Number.POSITIVE_INFINITY, foldIn = 0.5, relevant = { kind: "rating", atLeast: 4 } } = options;
  const { deeds = deedsByUnit(events, unitCount) } = options;
  const requests: Request[] = [];
  let active = 0;
  let seenBefore = 0;
  let onlyHad = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    const all = listAt(deeds, unit);
    // Nothing happens after it is known: whoever is known to have done nothing since the cut has done nothing.
    if (all.length === 0 || events.time[all[all.length - 1]] < from) continue;
    const rows = all.subarray(0, countBefore(events.time, all, until));
    const request = createRequest(events, rows, from, foldIn, relevant);
    if (request === undefined) continue;
    active++;
    if (request.seenBefore) seenBefore++;
    if (request.onlyHad) onlyHad++;
    if (request.items.length > 0) requests.push({ ...request, unit });
  }
  return {
    count: requests.length,
    unit: Int32Array.from(requests, ({ unit }) => unit),
    moment: Float64Array.from(requests, ({ moment }) => moment),
    history: {
      from: Int32Array.from(requests, ({ unit }) => deeds.offsets[unit]),
      until: Int32Array.from(requests, ({ unit, known }) => deeds.offsets[unit] + known),
      items: deeds.items,
    },
    relevant: joinLists(requests.map(({ items }) => items)),
    ...(relevant.graded === true ? { grades: joinGrades(requests.map(({ grades }) => grades)) } : {}),
    seenBefore: Uint8Array.from(requests, (request) => Number(request.seenBefore)),
    units: { active, seenBefore, withoutRelevant: active - requests.length, onlyHad },
  };
}

interface Request {
  readonly unit: number;
  readonly moment: number;
  /** How many of the unit's deeds are history. */
  readonly known: number;
  readonly items: Int32Array;
  readonly grades: Float64Array;
  readonly seenBefore: boolean;
  /** Whether something later is wanted, and all of it was had before. */
  readonly onlyHad: boolean;
}

/** Whether an event is wanted: as the note has judged it, or by `relevant` where events were not judged. */
export function isRelevant({ kind, value, judged }: RankedEvents, row: number, relevant: RelevanceFacts): boolean {
  if (judged !== undefined) return judged[row] === 1;
  return kind[row] === kindCode(relevant.kind) && value[row] >= relevant.atLeast;
}

const IMPRESSION = kindCode("impression");

/** The rows of each unit in the order of time, without those of impressions: to be shown something is not to do something. */
export function deedsByUnit({ unit, kind }: RankedEvents, unitCount: number): Lists {
  if (!kind.includes(IMPRESSION)) return groupRows(unit, unitCount);
  const offsets = new Int32Array(unitCount + 1);
  for (let row = 0; row < unit.length; row++) if (kind[row] !== IMPRESSION) offsets[unit[row] + 1]++;
  for (let one = 0; one < unitCount; one++) offsets[one + 1] += offsets[one];
  const next = offsets.slice();
  const items = new Int32Array(offsets[unitCount]);
  for (let row = 0; row < unit.length; row++) if (kind[row] !== IMPRESSION) items[next[unit[row]]++] = row;
  return { offsets, items };
}

/** The request of a unit with these rows, or undefined when none is after the cut. */
function createRequest(
  events: RankedEvents,
  rows: Int32Array,
  from: number,
  foldIn: number,
  relevant: RelevanceFacts,
): Omit<Request, "unit"> | undefined {
  const { time, happened = time } = events;
  const asHappened =
    happened === time ? rows : rows.slice().sort((one, other) => happened[one] - happened[other] || one - other);
  const before = countBefore(happened, asHappened, from);
  const later = rows.length - before;
  if (later === 0) return undefined;
  const moment = happened[asHappened[Math.min(before + Math.floor(foldIn * later), rows.length - 1)]];
  const past = asHappened.subarray(0, countBefore(happened, asHappened, moment));
  const grades = new Map<number, number>();
  for (const row of asHappened.subarray(past.length)) {
    const item = events.item[row];
    if (isRelevant(events, row, relevant)) grades.set(item, Math.max(events.value[row], grades.get(item) ?? 0));
    else if (events.judged?.[row] === -1) grades.delete(item);
  }
  const isWanting = grades.size > 0;
  // Most who ask of a rare event have nothing to find: then nobody needs to go through all they did before.
  for (let at = 0; at < past.length && grades.size > 0; at++) grades.delete(events.item[past[at]]);
  return {
    moment,
    known: countBefore(time, rows, moment),
    ...found(grades),
    seenBefore: countBefore(time, rows, from) > 0,
    onlyHad: isWanting && grades.size === 0,
  };
}

/** The grades of all requests, end to end, as their items are. */
export function joinGrades(grades: readonly Float64Array[]): Float64Array {
  return Float64Array.from(grades.flatMap((one) => [...one]));
}

/** Items in ascending order, with their grades. */
export function found(grades: ReadonlyMap<number, number>): {
  readonly items: Int32Array;
  readonly grades: Float64Array;
} {
  const items = Int32Array.from(grades.keys()).sort();
  return { items, grades: Float64Array.from(items, (item) => grades.get(item) ?? 0) };
}

/** How many of the rows (ascending in time) happened strictly before the moment. */
function countBefore(time: Float64Array, rows: Int32Array, moment: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[rows[middle]] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
