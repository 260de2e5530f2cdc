/** The words of a library that a misspelt one may be meant as: the fewest edits first, swapped neighbours counted as one. */

import { editDistance } from "../core/nearest.ts";

export interface Vocabulary {
  has(word: string): boolean;
  /** The nearest known words, at most a dozen; none where nothing is near enough. */
  near(word: string): readonly string[];
}

/** `counts` says how often each word stands in the library: of two as near the more frequent stands first. */
export function openVocabulary(counts: ReadonlyMap<string, number>): Vocabulary {
  const byLength = new Map<number, { readonly word: string; readonly letters: number; readonly count: number }[]>();
  for (const [word, count] of counts) {
    const known = { word, letters: lettersOf(word), count };
    const same = byLength.get(word.length);
    if (same === undefined) byLength.set(word.length, [known]);
    else same.push(known);
  }
  return {
    has: (word) => counts.has(word),
    near(word) {
      const most = editsAllowed(word.length);
      const letters = lettersOf(word);
      const found: { readonly word: string; readonly distance: number; readonly count: number }[] = [];
      for (let length = word.length - most; length <= word.length + most; length++) {
        for (const one of byLength.get(length) ?? []) {
          // An edit changes two letters of the set at most: nearly all words are told apart by that alone.
          if (bitsIn(one.letters ^ letters) > 2 * most) continue;
          const distance = editDistance(word, one.word);
          if (word.length === SHORTEST && lettersIn(word) !== lettersIn(one.word)) continue;
          if (distance <= most) found.push({ word: one.word, distance, count: one.count });
        }
      }
      return found
        .sort((a, b) => a.distance - b.distance || b.count - a.count || (a.word < b.word ? -1 : 1))
        .slice(0, MOST)
        .map((one) => one.word);
    },
  };
}

const MOST = 12;

/** Of a word of four letters only their order is guessed, `bais`: another letter makes another word of it, `rmse` and `rise`. */
const SHORTEST = 4;

/** An edit for every five letters, rounded: `calibraton` is found, and of three letters nothing is guessed. */
function editsAllowed(length: number): number {
  return length < SHORTEST ? 0 : Math.min(3, Math.round(length / 5));
}

function lettersIn(word: string): string {
  return [...word].toSorted().join("");
}

/** Which letters a word holds; all that are none of a to z are one. */
function lettersOf(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i) - 97;
    set |= 1 << (letter >= 0 && letter < 26 ? letter : 26);
  }
  return set;
}

function bitsIn(set: number): number {
  let bits = 0;
  for (let left = set; left !== 0; left &= left - 1) bits++;
  return bits;
}
