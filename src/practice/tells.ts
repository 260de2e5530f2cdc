/** Tells: what gives the right option of a choice away to a reader who does not know the subject. */

import type { PreparedChoice, PreparedQuestion } from "./prepare.ts";
import { drawVariant } from "./variant.ts";

/** How often a guess by one tell alone hits the right option. */
export interface Tell {
  readonly tell: string;
  /** The share of questions that the guess answers; ties are shared. */
  readonly share: number;
  /** What a guess without any tell would answer: the mean of one over the number of options. */
  readonly chance: number;
  readonly questions: number;
}

interface Choice {
  readonly ask: string;
  readonly options: readonly string[];
  readonly right: number;
  readonly prepared: PreparedChoice;
}

/** By which a reader may guess: the option with the highest value. */
const GUESSES: Readonly<Record<string, (option: string, choice: Choice) => number>> = {
  "the longest option": (option) => option.length,
  "the shortest option": (option) => -option.length,
  "the option with most clauses": (option) =>
    option.match(/[,;:]|\b(?:and|so|since|because|which|that|with)\b/gu)?.length ?? 0,
  "the option with most numbers": (option) => option.match(/\d+/gu)?.length ?? 0,
  "the option without always, never, only, all": (option) =>
    -(option.match(/\b(?:always|never|only|all|every|none|nothing|any|whatever)\b/giu)?.length ?? 0),
  "the option that shares most words with the question": (option, { ask }) => {
    const asked = new Set(wordsOf(ask));
    return wordsOf(option).filter((word) => asked.has(word)).length;
  },
};
/** Variants drawn for the place at which the right option is shown. */
const DRAWS = 12;

/** Each tell over all choices with one right option that is the same in each variant. */
export function measureTells(bank: readonly PreparedQuestion[]): readonly Tell[] {
  const choices = bank.flatMap(choiceOf);
  if (choices.length === 0) return [];
  const chance = mean(choices.map(({ options }) => 1 / options.length));
  const tell = (name: string, hits: readonly number[]): Tell => ({
    tell: name,
    share: mean(hits),
    chance,
    questions: choices.length,
  });
  const guessed = Object.entries(GUESSES).map(([name, value]) =>
    tell(
      name,
      choices.map((choice) =>
        hit(
          choice.options.map((option) => value(option, choice)),
          choice.right,
        ),
      ),
    ),
  );
  return [...guessed, tell("the words that right options have", byWords(choices)), ...byPlace(choices, tell)];
}

/** One for the single best option where it is right, its part where several are best. */
function hit(values: readonly number[], right: number): number {
  const most = Math.max(...values);
  const best = values.filter((value) => value === most).length;
  return values[right] === most ? 1 / best : 0;
}

/** Words counted in the options of all other questions: log odds of right against wrong, summed over an option's words. */
function byWords(choices: readonly Choice[]): readonly number[] {
  const counts = new Map<string, { right: number; wrong: number }>();
  const tally = ({ options, right }: Choice, sign: number): void =>
    options.forEach((option, i) => {
      for (const word of new Set(wordsOf(option))) {
        const own = counts.get(word) ?? { right: 0, wrong: 0 };
        own[i === right ? "right" : "wrong"] += sign;
        counts.set(word, own);
      }
    });
  for (const choice of choices) tally(choice, 1);
  const wrongs = mean(choices.map(({ options }) => options.length - 1));
  return choices.map((choice) => {
    tally(choice, -1);
    const values = choice.options.map((option) =>
      wordsOf(option).reduce((sum, word) => {
        const { right, wrong } = counts.get(word) ?? { right: 0, wrong: 0 };
        return sum + Math.log((right + 1) / (wrong / wrongs + 1));
      }, 0),
    );
    tally(choice, 1);
    return hit(values, choice.right);
  });
}

function byPlace(choices: readonly Choice[], tell: (name: string, hits: readonly number[]) => Tell): readonly Tell[] {
  const most = Math.max(...choices.map(({ options }) => options.length));
  return Array.from({ length: most }, (_, place) => {
    const hits = choices.map(({ prepared, right }) => {
      const seeds = Array.from({ length: DRAWS }, (__, i) => i + 1);
      return mean(seeds.map((seed) => (drawVariant(prepared, seed).shown[place] === right ? 1 : 0)));
    });
    return tell(`the option shown at place ${place + 1}`, hits);
  });
}

function choiceOf(prepared: PreparedQuestion): readonly Choice[] {
  if (!("claims" in prepared) || prepared.question.many === true) return [];
  const { ask, options } = prepared.question;
  const right = options.flatMap((option, i) => (option.right === true ? [i] : []));
  const isFixed = options.every((option) => typeof option.right === "boolean");
  return isFixed && right.length === 1
    ? [{ ask, options: options.map(({ text }) => text), right: right[0], prepared }]
    : [];
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
