/** Matches a candidate's question to a hidden fact: openly, so that a wrong match can be corrected. */

import type { Problem, ProblemFact } from "./problem.ts";
import { USUAL_CUES } from "./usual-cues.ts";

export interface FactMatch {
  readonly fact: ProblemFact;
  /** The words of the question that led to it. */
  readonly words: readonly string[];
  readonly score: number;
}

/** Below this the interviewer does not know what is meant. */
const THRESHOLD = 0.3;

/** The facts a question may mean, the likeliest first; empty when none is near. Words shared by many facts count less. */
export function matchFacts(problem: Problem, question: string): readonly FactMatch[] {
  const asked = wordsOf(question);
  const frequency = new Map<string, number>();
  for (const fact of problem.facts) {
    for (const word of new Set(cuesOf(fact).flatMap(wordsOf))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const matches = problem.facts.map((fact): FactMatch => {
    const words = new Set<string>();
    let score = 0;
    for (const cue of cuesOf(fact)) {
      const parts = wordsOf(cue);
      const met = parts.filter((part) => asked.includes(part));
      // A cue of two words means something only as a whole.
      if (parts.length === 0 || met.length < parts.length) continue;
      for (const part of met) if (!words.has(part)) score += 1 / (frequency.get(part) ?? 1) + (parts.length - 1) * 0.5;
      for (const part of met) words.add(part);
    }
    return { fact, words: [...words], score };
  });
  return matches.filter(({ score }) => score >= THRESHOLD).sort((a, b) => b.score - a.score);
}

function cuesOf({ name, cues }: ProblemFact): readonly string[] {
  return [...cues, ...(USUAL_CUES[name] ?? [])];
}

const EMPTY_WORDS = new Set(
  "the a an of is are do does we our you your to in for and or how what which who when where there it be have has any this that with on by at as can should will".split(
    " ",
  ),
);

/** Words in lower case, plurals and endings cut, so that `retraining` meets `retrain`. */
function wordsOf(text: string): readonly string[] {
  const words = oneWayToSay(text.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !EMPTY_WORDS.has(word)).map(stem);
}

/** The same rate is asked for as `a second`, `per second`, `each second`, `/s` and in `qps`: all become one word, in questions and in cues. */
function oneWayToSay(text: string): string {
  return RATE_WORDS.reduce((said, [pattern, word]) => said.replace(pattern, word), text);
}

const RATE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:qps|rps|tps)\b/gu, "requests persecond"],
  [/\bdau\b/gu, "active perday"],
  [/\bmau\b/gu, "active permonth"],
  [/\/ ?s(?:ec)?\b/gu, " persecond"],
  [/(?:\b(?:an?|each|every|per)|\/)\s*(second|minute|hour|day|week|month|year)\b/gu, " per$1"],
  [/\bhourly\b/gu, "perhour"],
  [/\bdaily\b/gu, "perday"],
  [/\bweekly\b/gu, "perweek"],
  [/\bmonthly\b/gu, "permonth"],
];

function stem(word: string): string {
  if (word.length <= 4) return word.replace(/s$/u, "");
  return word.replace(/(?:ies)$/u, "y").replace(/(?:ing|ed|es|s|ly)$/u, "");
}
