/** What a page of the library shows for the words that were typed, and for none: all of a kind, or the best hits. */

import type { Entry, SearchIndex } from "./search.ts";

export interface Found {
  /** How many there are; `hits` holds the first of them. */
  readonly total: number;
  /** Words of the library that were taken for misspelt ones. */
  readonly takenFor: readonly string[];
  /** How many of each kind there are for these words, whatever kind was asked for. */
  readonly kinds: Readonly<Record<string, number>>;
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
  const all = words.trim() === "" ? entries.map((entry) => ({ entry, takenFor: [] })) : index.search(words, MOST_FOUND);
  const hits = all.filter(({ entry }) => isWanted(entry));
  const kinds: Record<string, number> = {};
  for (const { entry } of all) kinds[entry.kind] = (kinds[entry.kind] ?? 0) + 1;
  return {
    total: hits.length,
    takenFor: [...new Set(hits.flatMap(({ takenFor }) => takenFor))].slice(0, 5),
    kinds,
    hits: hits
      .slice(0, MOST_HITS)
      .map(({ entry: { kind: own, name, title, steps } }) => ({ kind: own, name, title, steps })),
  };
}
