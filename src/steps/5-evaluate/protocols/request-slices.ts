/** Slices of ranking requests: parts of the traffic that an average hides, each with its definition. */

import { nearest } from "../../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { RankedWords } from "../../3-data/ranked-task.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";

/** What a slice is cut by. */
export interface SlicedTraffic {
  readonly requests: StoredRequests;
  /** Training events of each item before the cut. */
  readonly itemEvents: Int32Array;
}

/** Requests of a slice, and which of their relevant items count there. */
export interface Slice {
  readonly keepsRequest: (request: number) => boolean;
  readonly keepsItem: (item: number) => boolean;
}

export interface SliceDefinition {
  readonly name: string;
  readonly definition: string;
  cut(traffic: SlicedTraffic): Slice;
}

/** An item with fewer events than this is new: too few for its neighbours to be known. */
const NEW_ITEM_EVENTS = 5;

/** In the task's own words: `new members`, `long tail`. */
function requestSlices({ units, items }: SliceWords): readonly SliceDefinition[] {
  return [
    {
      name: `new ${units}`,
      definition: `${units} without any event before the cut`,
      cut: ({ requests }) => ofRequests((request) => requests.seenBefore[request] === 0),
    },
    {
      name: `known ${units}`,
      definition: `${units} with events before the cut`,
      cut: ({ requests }) => ofRequests((request) => requests.seenBefore[request] === 1),
    },
    {
      name: `heavy ${units}`,
      definition: "the quarter of the requests with the longest history",
      cut: (traffic) => byHistory(traffic, (length, lengths) => length > quantile(lengths, 0.75)),
    },
    {
      name: `light ${units}`,
      definition: "the quarter of the requests with the shortest history",
      cut: (traffic) => byHistory(traffic, (length, lengths) => length <= quantile(lengths, 0.25)),
    },
    {
      name: `new ${items}`,
      definition: `only ${items} with fewer than ${NEW_ITEM_EVENTS} events before the cut count as relevant`,
      cut: ({ itemEvents }) => ofItems((item) => itemEvents[item] < NEW_ITEM_EVENTS),
    },
    {
      name: "long tail",
      definition: `only ${items} outside the most popular ones that make up half of the events count as relevant`,
      cut: ({ itemEvents }) => {
        const head = popularHead(itemEvents, 0.5);
        return ofItems((item) => !head.has(item));
      },
    },
  ];
}

type SliceWords = Pick<RankedWords, "units" | "items">;

/** The slice of that name; a failure names the nearest. */
export function requestSlice(name: string, words: SliceWords): Outcome<SliceDefinition> {
  const slices = requestSlices(words);
  const known = slices.map((slice) => slice.name);
  const found = slices.find((slice) => slice.name === name.trim().toLowerCase());
  if (found !== undefined) return succeed(found);
  const suggestion = nearest(name, known);
  return fail({
    code: "unknown-slice",
    message: `there is no slice \`${name}\``,
    fix: suggestion === undefined ? `use one of ${known.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}

function ofRequests(keepsRequest: (request: number) => boolean): Slice {
  return { keepsRequest, keepsItem: () => true };
}

function ofItems(keepsItem: (item: number) => boolean): Slice {
  return { keepsRequest: () => true, keepsItem };
}

function byHistory({ requests }: SlicedTraffic, keeps: (length: number, lengths: Float64Array) => boolean): Slice {
  const length = (request: number): number => sharedLength(requests.history, request);
  const lengths = Float64Array.from({ length: requests.count }, (_, request) => length(request)).sort();
  return ofRequests((request) => keeps(length(request), lengths));
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function popularHead(itemEvents: Int32Array, share: number): ReadonlySet<number> {
  const order = Array.from(itemEvents.keys()).sort((a, b) => itemEvents[b] - itemEvents[a]);
  const limit = share * itemEvents.reduce((sum, count) => sum + count, 0);
  const head = new Set<number>();
  let covered = 0;
  for (const item of order) {
    if (covered >= limit) break;
    covered += itemEvents[item];
    head.add(item);
  }
  return head;
}
