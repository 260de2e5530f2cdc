/** Matches a candidate's question to a hidden fact: openly, so that a wrong match can be corrected. */

import type { Problem, ProblemFact } from "./problem.ts";
import { USUAL_CUES } from "./usual-cues.ts";

export interface FactMatch {
  readonly fact: ProblemFact;
  /** The words of the question that led to it, as they were asked and in their order. */
  readonly words: readonly string[];
  readonly score: number;
}

/** Below this the interviewer does not know what is meant. */
const THRESHOLD = 0.3;

/** A word of a question: as it was asked, and as cues are compared with it. */
interface Asked {
  readonly word: string;
  readonly stems: readonly string[];
}

/** The words of a cue: any of the stems of each part has to be asked, none of `unwanted`, and with `only` nothing else. */
interface Cue {
  readonly only: boolean;
  readonly parts: readonly (readonly string[])[];
  readonly unwanted: readonly string[];
}

/** The facts a question may mean, the likeliest first; empty when none is near. Words shared by many facts count less. */
export function matchFacts(problem: Problem, question: string): readonly FactMatch[] {
  const asked = askedWords(question);
  const stems = new Set(asked.flatMap((one) => one.stems));
  const cues = new Map(problem.facts.map((fact) => [fact, cuesOf(fact)] as const));
  const frequency = new Map<string, number>();
  for (const own of cues.values())
    for (const stem of new Set(own.flatMap(({ parts }) => parts.flat())))
      frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  const matches = problem.facts.map((fact): FactMatch => {
    const met = new Set<string>();
    let score = 0;
    for (const { only, parts, unwanted } of cues.get(fact) ?? []) {
      if (unwanted.some((stem) => stems.has(stem))) continue;
      // A cue of two words means something only as a whole.
      const found = parts.map(
        (part) => part.find((stem) => stems.has(stem) && !met.has(stem)) ?? part.find((stem) => stems.has(stem)),
      );
      if (parts.length === 0 || found.includes(undefined)) continue;
      if (only && [...stems].some((stem) => !found.includes(stem))) continue;
      for (const stem of found) {
        if (stem === undefined || met.has(stem)) continue;
        score += 1 / (frequency.get(stem) ?? 1) + (parts.length - 1) * 0.5;
        met.add(stem);
      }
    }
    return {
      fact,
      words: asked.filter((one) => one.stems.some((stem) => met.has(stem))).map(({ word }) => word),
      score,
    };
  });
  return matches.filter(({ score }) => score >= THRESHOLD).sort((a, b) => b.score - a.score);
}

function cuesOf({ name, cues }: ProblemFact): readonly Cue[] {
  return [...cues, ...(USUAL_CUES[name] ?? [])].map(readCue);
}

/**
 * `late|delay chargeback` is met by either of the first two beside the last; `=get better` only where nothing else is
 * asked; `quickly must !new|changed` not where one of the last two is.
 */
function readCue(cue: string): Cue {
  const parts = oneWayToSay(cue.replace(/^=/u, "").toLowerCase())
    .split(/\s+/u)
    .map((part) => ({
      isUnwanted: part.startsWith("!"),
      stems: (part.match(WORD) ?? []).filter((one) => !EMPTY_WORDS.has(one)).map(stemOf),
    }));
  return {
    only: cue.startsWith("="),
    parts: parts.flatMap(({ isUnwanted, stems }) => (isUnwanted || stems.length === 0 ? [] : [stems])),
    unwanted: parts.flatMap(({ isUnwanted, stems }) => (isUnwanted ? stems : [])),
  };
}

const EMPTY_WORDS = new Set(
  "the a an of is are do does we our you your to in for and or how what which who when where there it be have has any this that with on by at as can should will".split(
    " ",
  ),
);

const WORD = /[\p{L}\p{N}]+/gu;

/** Words in lower case, plurals and endings cut, so that `retraining` meets `retrain`; a rate is one word: `a second`. */
function askedWords(question: string): readonly Asked[] {
  return (question.match(TOKEN) ?? [])
    .map((token): Asked => {
      const words = oneWayToSay(token.toLowerCase()).match(WORD) ?? [];
      return { word: token.trim(), stems: words.filter((word) => !EMPTY_WORDS.has(word)).map(stemOf) };
    })
    .filter(({ stems }) => stems.length > 0);
}

/** The same rate is asked for as `a second`, `per second`, `each second`, `/s` and in `qps`: all become one word, in questions and in cues. */
function oneWayToSay(text: string): string {
  return RATE_WORDS.reduce((said, [pattern, word]) => said.replace(pattern, word), text);
}

const RATE = String.raw`\/ ?s(?:ec)?\b|(?:\b(?:an?|each|every|per)\s+|\/ ?)(?:second|minute|hour|day|week|month|year)\b`;
const TOKEN = new RegExp(String.raw`${RATE}|[\p{L}\p{N}]+`, "giu");

const RATE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:qps|rps|tps)\b/gu, "requests persecond"],
  [/\bdau\b/gu, "active perday"],
  [/\bmau\b/gu, "active permonth"],
  [/\/ ?s(?:ec)?\b/gu, " persecond"],
  [/(?:\b(?:an?|each|every|per)\s+|\/ ?)(second|minute|hour|day|week|month|year)\b/gu, " per$1"],
  [/\bhourly\b/gu, "perhour"],
  [/\bdaily\b/gu, "perday"],
  [/\bweekly\b/gu, "perweek"],
  [/\bmonthly\b/gu, "permonth"],
];

function stemOf(word: string): string {
  if (word.length <= 4) return word.replace(/s$/u, "");
  return word
    .replace(/(?<=\p{L}{4})(?:able|ability)$/u, "")
    .replace(/(?:ies)$/u, "y")
    .replace(/(?:ing|ed|es|s|ly)$/u, "");
}
