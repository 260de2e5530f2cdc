/** Search over everything Heptad knows: names and codes first, then whole words, then begun ones; misspelt ones only where nothing else is found. */

import MiniSearch, { type Query } from "minisearch";
import { spelledOut } from "./abbreviations.ts";
import { openVocabulary } from "./near-words.ts";

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

/** Words as people see them: no sign of Markdown belongs to one. Where they are written without spaces, each two letters that follow each other. */
const tokenize = (text: string): string[] =>
  text
    .split(/[\s\p{P}\p{S}]+/u)
    .flatMap((run) => (UNPARTED.test(run) ? (run.match(PARTS)?.flatMap(pairsOf) ?? []) : [run]));

const SCRIPTS = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const UNPARTED = new RegExp(`[${SCRIPTS}]`, "u");
const PARTS = new RegExp(`[${SCRIPTS}]+|[^${SCRIPTS}]+`, "gu");

/** `双塔召回` is `双塔`, `塔召` and `召回`. */
function pairsOf(run: string): string[] {
  const letters = [...run];
  if (letters.length < 2 || !UNPARTED.test(run)) return [run];
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
}

export function openSearch(entries: readonly Entry[]): SearchIndex {
  const counts = new Map<string, number>();
  const index = new MiniSearch({
    fields: ["title", "name", "text"],
    tokenize(text, field) {
      const words = tokenize(text);
      // A query is of no field.
      if (field !== undefined) for (const word of words) if (word !== "") count(counts, word.toLowerCase());
      return words;
    },
    searchOptions: { boost: { title: 4, name: 3 }, combineWith: "AND" },
  });
  index.addAll(entries.map(({ name, title, text }, id) => ({ id, name: name.replaceAll("-", " "), title, text })));
  const find = (query: Query, isTaken: (word: string) => boolean = () => false): readonly Hit[] =>
    index.search(query).map((result) => ({
      entry: entries[Number(result.id)],
      score: result.score,
      takenFor: result.terms.filter(isTaken),
    }));
  const { has, near: nearIn } = openVocabulary(counts);
  const near = new Map<string, readonly string[]>();
  const nearTo = (word: string): readonly string[] => {
    const found = near.get(word) ?? nearIn(word);
    if (near.size > MOST_KEPT) near.clear();
    near.set(word, found);
    return found;
  };
  /** Each word as it stands or begins, or what it may be meant as: for words that nothing holds, then for all. */
  const corrected = (words: readonly string[], isAll: boolean): readonly Hit[] => {
    const meant = words.map((word) => (has(word) && !isAll ? [] : nearTo(word).filter((one) => one !== word)));
    const queries = words.map(
      (word, i): Query => ({ combineWith: "OR", queries: [{ queries: [word], prefix: true }, ...meant[i]] }),
    );
    const taken = new Set(meant.flat().filter((word) => !words.includes(word)));
    return taken.size === 0 ? [] : find({ combineWith: "AND", queries }, (word) => taken.has(word));
  };
  /** Two words that were written as one, as `wakeword`, where the library has both of them and not the one. */
  const parted = (words: readonly string[]): readonly Hit[] => {
    const parts = words.map((word) => (has(word) ? [] : partsOf(word, has)));
    const taken = new Set(parts.flat());
    const queries = words.map(
      (word, i): Query => (parts[i].length === 0 ? word : { combineWith: "AND", queries: [...parts[i]] }),
    );
    return taken.size === 0 ? [] : find({ combineWith: "AND", queries }, (word) => taken.has(word));
  };
  /** What is written by first letters, as it is spelled out: where nothing holds all of it, what holds most of it. */
  const spelled = (words: readonly string[]): readonly Hit[] => {
    const meant = words.map((word) => (has(word) ? undefined : spelledOut(word)));
    if (meant.every((one) => one === undefined)) return [];
    const taken = new Set(meant.flatMap((one) => (one === undefined ? [] : tokenize(one))));
    const queries = words.map(
      (word, i): Query => ({ combineWith: "AND", queries: [...tokenize(meant[i] ?? word)], prefix: true }),
    );
    return find({ combineWith: "AND", queries }, (word) => taken.has(word));
  };
  return {
    search(written, limit) {
      const words = [...new Set(tokenize(written.toLowerCase()))].filter((word) => word !== "").slice(0, MOST_WORDS);
      if (words.length === 0) return [];
      // A page asks while one types: a whole word may be the beginning of the one that is meant.
      const found = joined([
        called(entries, written),
        find({ queries: [written] }),
        find({ queries: [written], prefix: true }),
      ]);
      if (found.length > 0) return found.slice(0, limit);
      for (const way of [
        () => spelled(words),
        () => parted(words),
        () => corrected(words, false),
        () => corrected(words, true),
      ]) {
        const hits = way();
        if (hits.length > 0) return hits.slice(0, limit);
      }
      return [];
    },
  };
}

/** The hits of several searches, each once, those of the first one first. */
function joined(searches: readonly (readonly Hit[])[]): readonly Hit[] {
  const first = new Map<Entry, Hit>();
  for (const hit of searches.flat()) if (!first.has(hit.entry)) first.set(hit.entry, hit);
  return [...first.values()];
}

/** What has the words for its own name or code, whole before begun: `HP404`, `404`, `hp4`, `ivfpq-mem`. */
function called(entries: readonly Entry[], written: string): readonly Hit[] {
  const wanted = written.trim().toLowerCase();
  if (wanted.length < SHORTEST_NAME) return [];
  const rank = ({ name, title }: Entry): number => {
    const code = CODE.exec(title)?.[0].toLowerCase() ?? "";
    const id = name.toLowerCase();
    if (id === wanted || code === wanted) return 3;
    if (code !== "" && code.replace(/^\D+/u, "") === wanted) return 2;
    // A word alone is one of many names' words: those are found as such.
    return (wanted.includes("-") && id.startsWith(wanted)) || (/\d$/u.test(wanted) && code.startsWith(wanted)) ? 1 : 0;
  };
  return entries
    .flatMap((entry) => (rank(entry) === 0 ? [] : { entry, score: SCORE_OF_NAME * rank(entry), takenFor: [] }))
    .toSorted((a, b) => b.score - a.score || (a.entry.title < b.entry.title ? -1 : 1));
}

/** Of a rule, at the beginning of its title. */
const CODE = /^(?:HP|T)\d{3}\b/u;
const SHORTEST_NAME = 3;
/** Beyond what words of a text come to. */
const SCORE_OF_NAME = 1e6;

/** The first way to part a word into two of the library's; empty where there is none. */
function partsOf(word: string, has: (word: string) => boolean): readonly string[] {
  for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every(has)) return parts;
  }
  return [];
}

/** Shorter words are found at the ends of too many others. */
const SHORTEST_PART = 3;

/** A page asks again with each letter that is typed. */
const MOST_KEPT = 200;
/** Of a longer query the rest is not corrected. */
const MOST_WORDS = 12;

function count(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
