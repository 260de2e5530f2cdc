/** One request for every member at one moment, with all they did before it: what a system is asked once the history has ended. */

import { type Interactions, kindCode } from "../../../kinds/recommendation/interactions.ts";
import { groupRows, joinLists, listAt } from "../row-lists.ts";
import type { StoredRequests } from "./time-split-stage.ts";

/** Requests in the order of member indices. Nothing is known of what will be liked: `relevant` is empty. */
export function everyMemberAt({ events, members }: Interactions, moment: number): StoredRequests {
  const impression = kindCode("impression");
  const rows = groupRows(events.member, members.count);
  const deeds = Array.from({ length: members.count }, (_, member) =>
    listAt(rows, member).filter((row) => events.kind[row] !== impression && events.time[row] < moment),
  );
  return {
    count: members.count,
    member: Int32Array.from(deeds, (_, member) => member),
    moment: new Float64Array(members.count).fill(moment),
    seenBefore: Uint8Array.from(deeds, ({ length }) => (length > 0 ? 1 : 0)),
    history: joinLists(deeds),
    relevant: joinLists(deeds.map(() => [])),
  };
}
