/** Slices of ranking requests: parts of the traffic that an average hides, each with its definition. */

import { nearest } from "../../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { listAt } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/time-split-stage.ts";

/** What a slice is cut by. */
export interface SlicedTraffic {
  readonly requests: StoredRequests;
  /** Training events of each title before the cut. */
  readonly titleEvents: Int32Array;
}

/** Requests of a slice, and which of their relevant titles count there. */
export interface Slice {
  readonly keepsRequest: (request: number) => boolean;
  readonly keepsTitle: (title: number) => boolean;
}

export interface SliceDefinition {
  readonly name: string;
  readonly definition: string;
  cut(traffic: SlicedTraffic): Slice;
}

/** A title with fewer events than this is new: too few for its neighbours to be known. */
const NEW_TITLE_EVENTS = 5;

export const REQUEST_SLICES: readonly SliceDefinition[] = [
  {
    name: "new members",
    definition: "members without any event before the cut",
    cut: ({ requests }) => ofRequests((request) => requests.seenBefore[request] === 0),
  },
  {
    name: "known members",
    definition: "members with events before the cut",
    cut: ({ requests }) => ofRequests((request) => requests.seenBefore[request] === 1),
  },
  {
    name: "heavy members",
    definition: "the quarter of the requests with the longest history",
    cut: (traffic) => byHistory(traffic, (length, lengths) => length > quantile(lengths, 0.75)),
  },
  {
    name: "light members",
    definition: "the quarter of the requests with the shortest history",
    cut: (traffic) => byHistory(traffic, (length, lengths) => length <= quantile(lengths, 0.25)),
  },
  {
    name: "new titles",
    definition: `only titles with fewer than ${NEW_TITLE_EVENTS} events before the cut count as relevant`,
    cut: ({ titleEvents }) => ofTitles((title) => titleEvents[title] < NEW_TITLE_EVENTS),
  },
  {
    name: "long tail",
    definition: "only titles outside the most popular ones that make up half of the events count as relevant",
    cut: ({ titleEvents }) => {
      const head = popularHead(titleEvents, 0.5);
      return ofTitles((title) => !head.has(title));
    },
  },
];

/** The slice of that name; a failure names the nearest. */
export function requestSlice(name: string): Outcome<SliceDefinition> {
  const known = REQUEST_SLICES.map((slice) => slice.name);
  const found = REQUEST_SLICES.find((slice) => slice.name === name.trim().toLowerCase());
  if (found !== undefined) return succeed(found);
  const suggestion = nearest(name, known);
  return fail({
    code: "unknown-slice",
    message: `there is no slice \`${name}\``,
    fix: suggestion === undefined ? `use one of ${known.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}

function ofRequests(keepsRequest: (request: number) => boolean): Slice {
  return { keepsRequest, keepsTitle: () => true };
}

function ofTitles(keepsTitle: (title: number) => boolean): Slice {
  return { keepsRequest: () => true, keepsTitle };
}

function byHistory({ requests }: SlicedTraffic, keeps: (length: number, lengths: Float64Array) => boolean): Slice {
  const length = (request: number): number => listAt(requests.history, request).length;
  const lengths = Float64Array.from({ length: requests.count }, (_, request) => length(request)).sort();
  return ofRequests((request) => keeps(length(request), lengths));
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function popularHead(titleEvents: Int32Array, share: number): ReadonlySet<number> {
  const order = Array.from(titleEvents.keys()).sort((a, b) => titleEvents[b] - titleEvents[a]);
  const limit = share * titleEvents.reduce((sum, count) => sum + count, 0);
  const head = new Set<number>();
  let covered = 0;
  for (const title of order) {
    if (covered >= limit) break;
    covered += titleEvents[title];
    head.add(title);
  }
  return head;
}
