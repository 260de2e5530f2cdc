/** Ranked lists of items, one per request: what every recommender hands to the stage after it and to the evaluation. */

import type { Column } from "../../../core/table.ts";
import { topK } from "../../../core/top-k.ts";
import { type Lists, listAt } from "../../3-data/row-lists.ts";
import { createListWriter } from "./list-writer.ts";

/** List i holds the items of request i, best first, with their scores. */
export interface RankedLists extends Lists {
  readonly scores: Float32Array;
}

/** Lists of the `depth` best items per request. `scoreOf` gives one score per item; items of `skipOf` (ascending) are left out. */
export function rankAll(
  requests: number,
  depth: number,
  scoreOf: (request: number) => Float32Array,
  skipOf: (request: number) => ArrayLike<number>,
): RankedLists {
  const writer = createListWriter(requests);
  for (let request = 0; request < requests; request++) {
    const all = scoreOf(request);
    const best = topK(all, depth, skipOf(request));
    writer.add(
      best,
      Float32Array.from(best, (item) => all[item]),
    );
  }
  return writer.lists();
}

/** Items of one request, best first. */
export function rankedItems(lists: RankedLists, request: number): Int32Array {
  return listAt(lists, request);
}

/** As columns of a stage result, under `lists.<set>.`. */
export function storeLists(set: string, { offsets, items, scores }: RankedLists): Record<string, Column> {
  return { [`lists.${set}.offsets`]: offsets, [`lists.${set}.items`]: items, [`lists.${set}.scores`]: scores };
}

/** The lists that `storeLists` stored. Throws where there are none: the stage did not rank that set. */
export function listsFromStored(arrays: Readonly<Record<string, Column>>, set: string): RankedLists {
  const offsets = arrays[`lists.${set}.offsets`];
  const items = arrays[`lists.${set}.items`];
  const scores = arrays[`lists.${set}.scores`];
  if (offsets instanceof Int32Array && items instanceof Int32Array && scores instanceof Float32Array)
    return { offsets, items, scores };
  throw new Error(`no lists for ${set}`);
}
