/** Tells a serving state the events of the test window one by one, as a caller would, and compares what it reads of each test candidate with the batch. */

import { firstEventAt } from "../../steps/3-data/time-order.ts";
import type { RankingRows, RankingSet } from "../../steps/4-model/train/ranking-rows.ts";
import type { SkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import { openSkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import { EVENT_KINDS, type Interactions } from "./interactions.ts";
import type { IncomingEvent, OnlineState } from "./online-state.ts";

/** Above this many candidates every n-th request is compared. */
const MOST_ROWS = 2_000_000;

/**
 * `state` knows the events before `since`, and all before the last request afterwards. An event that it refuses is one that production would
 * have refused: its absence shows in the values.
 */
export function replayRequests(
  state: Pick<OnlineState, "names" | "take" | "read">,
  interactions: Interactions,
  { requests }: Pick<RankingSet, "requests">,
  { request, item, features }: Pick<RankingRows, "request" | "item" | "features">,
  since: number,
): SkewTally {
  const { time } = interactions.events;
  const columns = state.names.map((name) => {
    const column = features.columns.get(name);
    if (column instanceof Float64Array) return column;
    throw new Error(`no feature column ${name}`);
  });
  const step = Math.max(1, Math.ceil(request.length / MOST_ROWS));
  const order = Uint32Array.from(request.keys())
    .filter((row) => request[row] % step === 0)
    .sort((a, b) => requests.moment[request[a]] - requests.moment[request[b]] || a - b);
  const tally = openSkewTally(state.names, columns);
  const width = state.names.length;
  let values = new Float64Array(0);
  let next = firstEventAt(time, since);
  for (let from = 0, until = 0; from < order.length; from = until) {
    // A request's candidates are asked for together, as the service asks for them.
    const one = request[order[from]];
    while (until < order.length && request[order[until]] === one) until++;
    const rows = order.subarray(from, until);
    const moment = requests.moment[one];
    for (; next < time.length && time[next] < moment; next++) state.take(eventAt(interactions, next));
    if (values.length < rows.length * width) values = new Float64Array(rows.length * width);
    const items = Array.from(rows, (row) => item[row]);
    state.read(requests.unit[one], items, 0, items.length, moment, values);
    for (let at = 0; at < rows.length; at++) tally.compare(rows[at], values.subarray(at * width, (at + 1) * width));
  }
  return tally;
}

/** Row `row` of the data as a caller would send it. */
export function eventAt({ events, members, titles }: Interactions, row: number): IncomingEvent {
  return {
    id: `row-${row}`,
    member: members.ids[events.member[row]],
    title: titles.ids[events.title[row]],
    event: (events.kinds ?? EVENT_KINDS)[events.kind[row]],
    value: events.value[row],
    time: events.time[row],
  };
}
