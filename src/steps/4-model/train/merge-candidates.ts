/** Merges the candidates of several sources: quotas first, so that no source is crowded out, then the primary source fills up. */

import { createListWriter } from "./list-writer.ts";
import { type RankedLists, rankedItems } from "./ranked-lists.ts";

export interface CandidateSource {
  readonly lists: RankedLists;
  /** Candidates it adds that no other source has brought. */
  readonly quota: number;
}

export interface MergeOptions {
  /** Most candidates of one request. */
  readonly keep: number;
  /** What leads the list of a request without history. */
  readonly cold: RankedLists;
  readonly isCold: (request: number) => boolean;
}

/**
 * One list per request: the primary source's best, then what each further source adds to them up to its quota, then more of the
 * primary source until `keep` is reached. Every item once. Scores are minus the place, so that the order is the score.
 */
export function mergeCandidates(
  primary: RankedLists,
  others: readonly CandidateSource[],
  { keep, cold, isCold }: MergeOptions,
): RankedLists {
  const requests = primary.offsets.length - 1;
  const writer = createListWriter(requests);
  for (let request = 0; request < requests; request++) {
    const leading = rankedItems(isCold(request) ? cold : primary, request);
    const further = others.map(({ lists, quota }) => ({ items: rankedItems(lists, request), quota }));
    const merged = mergeItems(leading, further, keep);
    writer.add(
      merged,
      merged.map((_, place) => -place),
    );
  }
  return writer.lists();
}

/** By item 1 while it is among the candidates in hand. */
let isTaken = new Uint8Array(0);

/** The candidates of one request: the leading source's best, each further source's quota, then more of the leading one. */
export function mergeItems(
  leading: ArrayLike<number>,
  further: readonly { readonly items: ArrayLike<number>; readonly quota: number }[],
  keep: number,
): number[] {
  const merged: number[] = [];
  const add = (items: ArrayLike<number>, most: number): void => {
    const limit = Math.min(keep, merged.length + most);
    for (let i = 0; i < items.length && merged.length < limit; i++) {
      const item = items[i];
      if (item >= isTaken.length) isTaken = grown(isTaken, item + 1);
      if (isTaken[item] === 1) continue;
      isTaken[item] = 1;
      merged.push(item);
    }
  };
  const reserved = further.reduce((sum, { quota }) => sum + quota, 0);
  add(leading, Math.max(1, keep - reserved));
  for (const { items, quota } of further) add(items, quota);
  add(leading, keep);
  for (let at = 0; at < merged.length; at++) isTaken[merged[at]] = 0;
  return merged;
}

function grown(marks: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.max(length, 2 * marks.length));
  more.set(marks);
  return more;
}
