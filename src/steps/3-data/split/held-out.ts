/** The held-out protocol of splits without a common moment: training events are the history, what a member likes among the test events is to be found. */

import { type Events, kindCode } from "../../../kinds/recommendation/interactions.ts";
import { groupRows, joinLists, listAt } from "../row-lists.ts";
import { isRelevant, type Requests, type RequestTimeOptions } from "./request-time.ts";
import { partCode, type Split } from "./split.ts";

/** What is held out and what of it counts. */
export interface HeldOutOptions {
  /** What is looked for in; default `test`. */
  readonly part?: "validation" | "test";
  /** Which held-out events make a title relevant; default every rating. */
  readonly relevant?: RequestTimeOptions["relevant"];
}

/**
 * One request per member with something relevant held out; the published tables on random splits are made like this. The moment
 * is the end of the data, because such a split has none: only training rows may be used to answer, and their times may be later
 * than those of what is to be found. `seenBefore` and its count tell who has training events at all.
 */
export function createHeldOutRequests(
  events: Events,
  memberCount: number,
  split: Split,
  { part = "test", relevant = { kind: "rating", atLeast: Number.NEGATIVE_INFINITY } }: HeldOutOptions = {},
): Requests {
  const groups = groupRows(events.member, memberCount);
  const impression = kindCode("impression");
  const members: number[] = [];
  const histories: Int32Array[] = [];
  const wanted: Int32Array[] = [];
  let active = 0;
  let seenBefore = 0;
  for (let member = 0; member < memberCount; member++) {
    const rows = listAt(groups, member).filter((row) => events.kind[row] !== impression);
    const history = rows.filter((row) => split.part[row] === partCode("train"));
    const held = rows.filter((row) => split.part[row] === partCode(part));
    if (held.length === 0) continue;
    active++;
    if (history.length > 0) seenBefore++;
    const known = new Set(history.map((row) => events.title[row]));
    const liked = held.filter((row) => isRelevant(events, row, relevant));
    const titles = new Set(liked.map((row) => events.title[row]).filter((title) => !known.has(title)));
    if (titles.size === 0) continue;
    members.push(member);
    histories.push(history);
    wanted.push(Int32Array.from(titles).sort());
  }
  const end = events.count === 0 ? 0 : events.time[events.count - 1] + 1;
  return {
    count: members.length,
    member: Int32Array.from(members),
    moment: new Float64Array(members.length).fill(end),
    history: joinLists(histories),
    relevant: joinLists(wanted),
    seenBefore: Uint8Array.from(histories, (history) => Number(history.length > 0)),
    members: { active, seenBefore, withoutRelevant: active - members.length },
  };
}
