/** What a page of the library shows for the words that were typed, and for none: all of a kind, or the best hits. */

import type { Entry, SearchIndex } from "./search.ts";

export interface Found {
  /** How many there are; `hits` holds the first of them. */
  readonly total: number;
  /** Words of the library that were taken for misspelt ones. */
  readonly takenFor: readonly string[];
  readonly hits: readonly Pick<Entry, "kind" | "name" | "title" | "steps">[];
}

/** Of one search. */
const MOST_HITS = 40;
const MOST_FOUND = 500;

export function findInLibrary(
  entries: readonly Entry[],
  index: SearchIndex,
  words: string,
  kind: string | undefined,
): Found {
  const isWanted = (entry: Entry): boolean => kind === undefined || entry.kind === kind;
  const hits =
    words.trim() === ""
      ? entries.filter(isWanted).map((entry) => ({ entry, takenFor: [] }))
      : index.search(words, MOST_FOUND).filter(({ entry }) => isWanted(entry));
  return {
    total: hits.length,
    takenFor: [...new Set(hits.flatMap(({ takenFor }) => takenFor))].slice(0, 5),
    hits: hits
      .slice(0, MOST_HITS)
      .map(({ entry: { kind: own, name, title, steps } }) => ({ kind: own, name, title, steps })),
  };
}
