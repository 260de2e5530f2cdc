/** Search over everything Heptad knows: exact and begun words first, misspelt ones only where nothing else is found. */

import MiniSearch from "minisearch";

/** Something that can be found. */
export interface Entry {
  readonly kind: "pattern" | "rule" | "question" | "problem" | "work" | "estimate" | "design";
  /** Unique within its kind; what a command takes. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly steps: readonly number[];
}

export interface Hit {
  readonly entry: Entry;
  /** Comparable within one search only. */
  readonly score: number;
  /** Words of the library that the query was taken for, where it was misspelt. */
  readonly takenFor: readonly string[];
}

export interface SearchIndex {
  /** The best first, at most `limit`. An empty query finds nothing. */
  search(words: string, limit: number): readonly Hit[];
}

/** An edit for every five letters: `calibraton` is found, `auc` is not taken for `auk`. */
const FUZZY = 0.2;

export function openSearch(entries: readonly Entry[]): SearchIndex {
  const index = new MiniSearch({
    fields: ["title", "name", "text"],
    // Words as people see them: no sign of Markdown belongs to one.
    tokenize: (text) => text.split(/[\s\p{P}\p{S}]+/u),
    searchOptions: { boost: { title: 4, name: 3 }, combineWith: "AND" },
  });
  index.addAll(entries.map(({ name, title, text }, id) => ({ id, name: name.replaceAll("-", " "), title, text })));
  const find = (words: string, options: { readonly prefix?: boolean; readonly fuzzy?: number }): readonly Hit[] =>
    index.search(words, options).map((result) => ({
      entry: entries[Number(result.id)],
      score: result.score,
      takenFor: options.fuzzy === undefined ? [] : result.terms,
    }));
  return {
    search(words, limit) {
      for (const options of [{}, { prefix: true }, { fuzzy: FUZZY }, { prefix: true, fuzzy: FUZZY }]) {
        const hits = find(words, options);
        if (hits.length > 0) return hits.slice(0, limit);
      }
      return [];
    },
  };
}
