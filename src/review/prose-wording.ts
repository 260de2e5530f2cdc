/** Which steps a heading names: known wordings as whole words, in singular and plural; what is not known is not guessed. */

import type { StepNumber } from "../core/figure.ts";
import { DOMAIN_WORDS } from "./domain-words.ts";
import {
  ARTICLES,
  CONCERNS,
  CONDITIONS,
  DENIALS,
  DONE_WITH_PEOPLE,
  FILLERS,
  PEOPLE,
  PREPOSITIONS,
  SHORT,
  STRANGERS,
  WEAK,
} from "./wording-sets.ts";

/** A step as headings name it. */
export interface ProseStep {
  readonly number: StepNumber;
  readonly title: string;
  /** In lower case. One that ends with `!` keeps its step below a heading of another step as well. */
  readonly wordings: readonly string[];
}

/** What is known of a heading's wording. */
export interface Wording {
  /** Empty for a heading that is known to belong to no step, and for one that is not known. */
  readonly steps: readonly StepNumber[];
  /** False where nobody can say: it has to be asked. */
  readonly known: boolean;
  /** The heading is a wording from end to end, not only partly. */
  readonly exact: boolean;
  /** Means its step wherever it stands. */
  readonly sure: boolean;
  /** It means the design as a whole, as "deep dive" does: what stands below may be of any step, and says so itself. */
  readonly isWhole?: true;
}

interface Entry {
  readonly steps: readonly StepNumber[];
  readonly sure: boolean;
}

/** Headings of notes that belong to no step. */
const BESIDE: ReadonlySet<string> = new Set(
  "table of contents|contents|toc|glossary|reference|interview question|lesson learned|about this chapter|about this document|appendix|further reading|resource|useful link|link|acknowledgment|license|author|contributing|conclusion|summary|tldr|credit|bibliography|changelog|citation|see also|faq|reading list|video|paper|next chapter|quiz|exercise|follow up|follow ups|release note|press release|feature request|customer support|follow up question|deep dive|deep dives|further question|additional question|discussion question|additional resource|additional reading|additional material|related work|related reading|prior art|contributor|reviewer|approver|approval|sign off|changelog|change log|version history|metadata of this document|acknowledgement|acknowledgment|other talking point|additional talking point|extra talking point|wrap up|wrap up and summary|closing|closing thought|final thought|final note|key takeaway|takeaway|cheat sheet|misc|miscellaneous|credits and license|about|about the author|how to use this document|how to read this document|how to use this guide|thank|thanks|thank you|navigation|index of contents|outline|agenda|revision history|document history|unsorted"
    .split("|")
    .map((wording) => wordsOf(wording).join(" ")),
);

/** Headings that stand over parts of the design, of whatever steps these are. */
const WHOLE: ReadonlySet<string> = new Set(
  "deep dive|deep dives|design deep dive|design deep dives|detailed design|in depth design|other talking point|additional talking point|extra talking point|wrap up|wrap up and summary|misc|miscellaneous|solution design|proposed solution|design"
    .split("|")
    .map((wording) => wordsOf(wording).join(" ")),
);

const UNKNOWN: Wording = { steps: [], known: false, exact: false, sure: false };
const NONE: Wording = { steps: [], known: true, exact: true, sure: false };

/** What a heading says of its step. A heading of several parts ("deployment and monitoring") has the steps of all. */
export function readWording(text: string, steps: readonly ProseStep[]): Wording {
  const entries = entriesOf(steps);
  const plain = normalize(text);
  const whole = wordsOf(plain);
  if (whole.length === 0) return UNKNOWN;
  if (/^appendi(?:x|ces)\b/u.test(plain)) return NONE;
  const exact = exactly(whole, entries);
  if (exact !== undefined) return WHOLE.has(whole.join(" ")) ? { ...exact, isWhole: true } : exact;
  const outside = plain.replaceAll(/\([^()]*\)/gu, " ");
  const found = readParts(outside, entries);
  return found.known ? found : readParts(plain, entries);
}

/** The steps that a heading speaks of. */
export function stepsOfHeading(text: string, steps: readonly ProseStep[]): StepNumber[] {
  return [...readWording(text, steps).steps];
}

function readParts(plain: string, entries: ReadonlyMap<string, Entry>): Wording {
  const whole = exactly(wordsOf(plain), entries);
  if (whole !== undefined) return whole;
  const parts = plain
    .split(/\s(?:and|&|\+|vs\.?|versus)\s|\s*[,;:/|–—→]\s*|\s-\s/u)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const read = parts.map((words) => exactly(words, entries) ?? within(words, entries));
  // In the order of the words: what stands below goes to the first.
  const steps = [...new Set(read.flatMap((one) => one.steps))];
  if (steps.length === 0) return read.length > 0 && read.every((one) => one.known) ? NONE : UNKNOWN;
  return { steps, known: true, exact: read.every((one) => one.exact), sure: read.every((one) => one.sure) };
}

function exactly(words: readonly string[], entries: ReadonlyMap<string, Entry>): Wording | undefined {
  for (const tried of [
    words,
    words.filter((word) => !ARTICLES.has(word)),
    CONDITIONS.has(words[0]) ? words : words.filter((word) => !FILLERS.has(word)),
  ]) {
    const key = tried.join(" ");
    if (BESIDE.has(key)) return NONE;
    const entry = entries.get(key);
    if (entry !== undefined) return { steps: entry.steps, known: true, exact: true, sure: entry.sure };
  }
  return undefined;
}

/** Longer wordings than this there are none. */
const MOST_WORDS = 6;
/** In a longer heading a wording is met by chance. */
const MOST_WORDS_OF_A_HEADING = 9;

/** The words before the first preposition, or before the object of "serving the model". */
function headOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex(
    (word, i) => i > 0 && (PREPOSITIONS.has(word) || (ARTICLES.has(word) && i === 1 && words[0].endsWith("ing"))),
  );
  return end === -1 ? words : words.slice(0, end);
}

/** The wording inside, if every other word is one of the field: "ranking of universities" has to be asked. */
function within(words: readonly string[], entries: ReadonlyMap<string, Entry>): Wording {
  if (words.length > MOST_WORDS_OF_A_HEADING || CONDITIONS.has(words[0])) return UNKNOWN;
  const known = wordsOfEntries(entries);
  if (words.some((word) => !known.has(word) && !FILLERS.has(word) && !DOMAIN_WORDS.has(word) && !/^\d+$/u.test(word)))
    return UNKNOWN;
  if (words.some((word) => DENIALS.has(word))) return UNKNOWN;
  if (isAboutPeople(words)) return UNKNOWN;
  const head = headOf(words);
  const ofHead = exactly(head, entries) ?? longestWithin(head, entries);
  if (head.some((word) => CONCERNS.has(word)) && !ofHead.steps.includes(1)) return UNKNOWN;
  if (ofHead.known && head.length < words.length && !words.some((word) => STRANGERS.has(word)))
    return { ...ofHead, exact: false, sure: false };
  return longestWithin(words, entries);
}

function isAboutPeople(words: readonly string[]): boolean {
  const rest = words.filter((word) => !FILLERS.has(word) && !DONE_WITH_PEOPLE.has(word));
  return rest.length > 0 && rest.every((word) => PEOPLE.has(word)) && words.some((word) => DONE_WITH_PEOPLE.has(word));
}

/** The longest wording inside, the last of those as long: "training data" is about data, "model monitoring" about monitoring. */
function longestWithin(words: readonly string[], entries: ReadonlyMap<string, Entry>): Wording {
  let weak = UNKNOWN;
  for (let length = Math.min(MOST_WORDS, words.length); length > 0; length--) {
    for (let start = words.length - length; start >= 0; start--) {
      const found = words.slice(start, start + length).join(" ");
      const entry = entries.get(found);
      if (entry === undefined) continue;
      const others = [...words.slice(0, start), ...words.slice(start + length)].filter((word) => !FILLERS.has(word));
      const covered = words.slice(start, start + length).filter((word) => !FILLERS.has(word)).length;
      if (others.length > Math.max(1, covered) || others.some((word) => STRANGERS.has(word))) continue;
      const wording = { steps: entry.steps, known: true, exact: false, sure: false };
      if (!WEAK.has(found)) return wording;
      if (!weak.known) weak = wording;
    }
  }
  return weak;
}

const vocabularies = new WeakMap<ReadonlyMap<string, Entry>, ReadonlySet<string>>();

function wordsOfEntries(entries: ReadonlyMap<string, Entry>): ReadonlySet<string> {
  const made = vocabularies.get(entries);
  if (made !== undefined) return made;
  const words = new Set([...entries.keys()].flatMap((key) => key.split(" ")));
  vocabularies.set(entries, words);
  return words;
}

const indexes = new WeakMap<readonly ProseStep[], ReadonlyMap<string, Entry>>();

function entriesOf(steps: readonly ProseStep[]): ReadonlyMap<string, Entry> {
  const made = indexes.get(steps);
  if (made !== undefined) return made;
  const entries = new Map<string, Entry>();
  for (const { number, wordings } of steps) {
    for (const wording of wordings) {
      const sure = wording.endsWith("!");
      const key = wordsOf(normalize(sure ? wording.slice(0, -1) : wording)).join(" ");
      const before = entries.get(key);
      const all = [...new Set([...(before?.steps ?? []), number])].sort((a, b) => a - b);
      entries.set(key, { steps: all, sure: sure || before?.sure === true });
    }
  }
  indexes.set(steps, entries);
  return entries;
}

/** Lower case, without numbers in front, with `A/B` and its like as one word. */
function normalize(text: string): string {
  return text
    .slice(0, 300)
    .toLowerCase()
    .replaceAll(/\ba\s*\/\s*b\b/gu, "ab")
    .replaceAll(/\bci\s*\/\s*cd\b/gu, "cicd")
    .replaceAll(/\btl\s*[;/]\s*dr\b/gu, "tldr")
    .replaceAll(/[’'](?:s|d|ll|re|ve)\b/gu, "")
    .replace(/^[^\p{L}\p{N}(]+/u, "")
    .replace(
      /^(?:(?:(?:step|chapter|part|section|phase|stage|question)\s+(?:\d{1,3}|[ivx]{1,4})|q\s?\d{1,3})\b[\s.:)–—-]*|q(?:uestion)?\s?[.:)]\s*)/u,
      "",
    )
    .replace(/^(?:\d{1,3}(?:\.\d{1,3})*[.:)]?|[ivx]{1,4}[.)]|[a-z][.)])\s+/u, "")
    .replaceAll(/(?<=\p{L})-(?=\p{L})/gu, " ");
}

function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
}

/** Singular, in full and in the American spelling. */
function stem(word: string): string {
  const full = SHORT.get(word);
  if (full !== undefined) return full;
  const american = word
    .replace(/isation/u, "ization")
    .replace(/is(?=e$|ing$|ed$)/u, "iz")
    .replace(/(?<=behavi|lab|fav)our/u, "or")
    .replace(/(?<=label|model)ling$/u, "ing");
  if (/ies$/u.test(american) && american.length > 4) return `${american.slice(0, -3)}y`;
  return /[^siua]s$/u.test(american) && american.length > 3 ? american.slice(0, -1) : american;
}
