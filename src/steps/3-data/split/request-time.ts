/** The request-time protocol: what each member who is active after the cut had done when asking, and what they liked afterwards. */

import { type EventKind, type Events, kindCode } from "../../../kinds/recommendation/interactions.ts";
import { groupRows, joinLists, type Lists, listAt } from "../row-lists.ts";

/** Where the cut lies, how much is folded in, and what counts as liked. */
export interface RequestTimeOptions {
  /** The cut, in seconds: a model has learned from events strictly before it. */
  readonly from: number;
  /** Events at or after it do not exist for this protocol; default: never. */
  readonly until?: number;
  /** Share of a member's events after the cut that has happened when the request comes; default 0.5, 0 for the coldest case. */
  readonly foldIn?: number;
  /** Which later events make a title relevant; default a rating of 4 or more. */
  readonly relevant?: { readonly kind: EventKind; readonly atLeast: number };
}

/** One request per member who has something relevant to find, in the order of member indices. */
export interface Requests {
  readonly count: number;
  readonly member: Int32Array;
  /** Seconds: nothing at or after this moment may be used to answer. */
  readonly moment: Float64Array;
  /** Rows of the member's own events strictly before the moment, ascending; impressions are not among them. */
  readonly history: Lists;
  /** Titles to be found, each once, ascending. Titles in the history are not among them: they are not offered again. */
  readonly relevant: Lists;
  /** 1 where the member had any event before the cut. */
  readonly seenBefore: Uint8Array;
  readonly members: {
    /** Members with an event after the cut. */
    readonly active: number;
    /** Of those, the ones with an event before it. */
    readonly seenBefore: number;
    /** Active members with nothing relevant to find: they make no request. */
    readonly withoutRelevant: number;
  };
}

/**
 * Of a member's n events after the cut, the first floor(foldIn × n) are history. The request comes at the moment of the next
 * one; events at that very moment are hidden too, so a member who rates several titles in one second is never asked half of it.
 */
export function createRequests(events: Events, memberCount: number, options: RequestTimeOptions): Requests {
  const { from, until = Number.POSITIVE_INFINITY, foldIn = 0.5, relevant = { kind: "rating", atLeast: 4 } } = options;
  const rowsByMember = groupRows(events.member, memberCount);
  const requests: Request[] = [];
  let active = 0;
  let seenBefore = 0;
  for (let member = 0; member < memberCount; member++) {
    const rows = listAt(rowsByMember, member).filter((row) => isDeed(events, row) && events.time[row] < until);
    const request = createRequest(events, rows, from, foldIn, relevant);
    if (request === undefined) continue;
    active++;
    if (request.seenBefore) seenBefore++;
    if (request.titles.length > 0) requests.push({ ...request, member });
  }
  return {
    count: requests.length,
    member: Int32Array.from(requests, ({ member }) => member),
    moment: Float64Array.from(requests, ({ moment }) => moment),
    history: joinLists(requests.map(({ rows }) => rows)),
    relevant: joinLists(requests.map(({ titles }) => titles)),
    seenBefore: Uint8Array.from(requests, (request) => Number(request.seenBefore)),
    members: { active, seenBefore, withoutRelevant: active - requests.length },
  };
}

interface Request {
  readonly member: number;
  readonly moment: number;
  readonly rows: Int32Array;
  readonly titles: Int32Array;
  readonly seenBefore: boolean;
}

/** Whether an event is wanted: as the note has judged it, or by `relevant` where events were not judged. */
export function isRelevant(
  { kind, value, judged }: Events,
  row: number,
  relevant: { readonly kind: EventKind; readonly atLeast: number },
): boolean {
  if (judged !== undefined) return judged[row] === 1;
  return kind[row] === kindCode(relevant.kind) && value[row] >= relevant.atLeast;
}

/** To be shown something is not to do something. */
function isDeed({ kind }: Events, row: number): boolean {
  return kind[row] !== kindCode("impression");
}

/** The request of a member with these rows, or undefined when none is after the cut. */
function createRequest(
  events: Events,
  rows: Int32Array,
  from: number,
  foldIn: number,
  relevant: { readonly kind: EventKind; readonly atLeast: number },
): Omit<Request, "member"> | undefined {
  const before = countBefore(events.time, rows, from);
  const later = rows.length - before;
  if (later === 0) return undefined;
  const moment = events.time[rows[Math.min(before + Math.floor(foldIn * later), rows.length - 1)]];
  const known = countBefore(events.time, rows, moment);
  const history = rows.subarray(0, known);
  const titles = new Set<number>();
  for (const row of rows.subarray(known)) {
    if (isRelevant(events, row, relevant)) titles.add(events.title[row]);
    else if (events.judged?.[row] === -1) titles.delete(events.title[row]);
  }
  for (const row of history) titles.delete(events.title[row]);
  return { moment, rows: history, titles: Int32Array.from(titles).sort(), seenBefore: before > 0 };
}

/** How many of the rows (ascending in time) happened strictly before the moment. */
function countBefore(time: Float64Array, rows: Int32Array, moment: number): number {
  let count = 0;
  while (count < rows.length && time[rows[count]] < moment) count++;
  return count;
}
