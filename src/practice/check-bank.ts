/** Checks a whole bank: every question by itself, and what must hold between them. */

import { AREA_NAMES, AREAS, LEVEL_NUMBERS } from "./area.ts";
import { type BankProblem, type CheckOptions, checkQuestion } from "./check-question.ts";
import type { PreparedQuestion } from "./prepare.ts";
import type { Question } from "./question.ts";
import { measureTells, type Tell } from "./tells.ts";

export interface BankReport {
  readonly questions: number;
  readonly variants: number;
  readonly problems: readonly BankProblem[];
  /** Questions by area and level. */
  readonly coverage: Readonly<Record<string, readonly number[]>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly steps: readonly number[];
  /** How far a reader gets who knows nothing and guesses by one tell. */
  readonly tells: readonly Tell[];
}

/** A tell may beat chance by this much; fewer choices than this say nothing. */
const TELL_MARGIN = 0.1;
const LEAST_CHOICES = 20;

/** Draws the variants of each question and says everything that is wrong. */
export function checkBank(bank: readonly PreparedQuestion[], options: CheckOptions = {}): BankReport {
  const { variants = 50 } = options;
  const questions = bank.map(({ question }) => question);
  const tells = measureTells(bank);
  const problems = [
    ...bank.flatMap((prepared) => checkQuestion(prepared, options)),
    ...checkLinks(questions),
    ...checkConstants(questions),
    ...checkCases(questions),
    ...checkTells(tells),
  ];
  const drawn = bank.reduce((sum, { values }) => sum + (values.varies ? variants : 1), 0);
  return { questions: bank.length, variants: drawn, problems, tells, ...countQuestions(questions) };
}

/** How many questions each area has at each level, each kind and each step. */
export function countQuestions(questions: readonly Question[]): Pick<BankReport, "coverage" | "kinds" | "steps"> {
  const coverage: Record<string, number[]> = {};
  for (const area of AREA_NAMES) {
    coverage[area] = LEVEL_NUMBERS.map(
      (level) => questions.filter((one) => one.area === area && one.level === level).length,
    );
  }
  const kinds: Record<string, number> = {};
  for (const { kind } of questions) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const steps = [1, 2, 3, 4, 5, 6, 7].map((step) => questions.filter((one) => one.step === step).length);
  return { coverage, kinds, steps };
}

/** What a complete bank covers: every area, every level, every step, half of it numbers and causes. */
export function checkCoverage(questions: readonly Question[]): BankProblem[] {
  const { coverage, kinds, steps } = countQuestions(questions);
  const problem = (code: string, message: string): BankProblem => ({ question: "the bank", code, message });
  const problems: BankProblem[] = [];
  for (const area of AREA_NAMES) {
    const total = coverage[area].reduce((sum, n) => sum + n, 0);
    if (total < 10) problems.push(problem("thin-area", `${AREAS[area]} has ${total} questions`));
    const missing = LEVEL_NUMBERS.filter((_, i) => coverage[area][i] === 0);
    if (missing.length > 0)
      problems.push(problem("missing-level", `${AREAS[area]} has no question of level ${missing.join(", ")}`));
  }
  steps.forEach((count, i) => {
    if (count < 10) problems.push(problem("thin-step", `step ${i + 1} has ${count} questions`));
  });
  const numbers = (kinds.estimate ?? 0) + (kinds.diagnose ?? 0);
  if (numbers * 2 < questions.length) {
    problems.push(problem("too-few-numbers", `${numbers} of ${questions.length} questions are estimates or diagnoses`));
  }
  return problems;
}

/** A bank that can be answered without knowing the subject says nothing about who answers it. */
function checkTells(tells: readonly Tell[]): BankProblem[] {
  return tells.flatMap(({ tell, share, chance, questions }): BankProblem[] => {
    if (questions < LEAST_CHOICES || share <= chance + TELL_MARGIN) return [];
    const percent = (value: number): string => `${Math.round(100 * value)} %`;
    const message = `${tell} is right in ${percent(share)} of ${questions} choices, by chance it would be ${percent(chance)}: make right and wrong options alike in it`;
    return [{ question: "the bank", code: "tell", message }];
  });
}

function checkLinks(questions: readonly Question[]): BankProblem[] {
  const byId = new Map(questions.map((one) => [one.id, one]));
  return questions.flatMap(({ id, next = [], level }) =>
    next.flatMap((name): BankProblem[] => {
      const target = byId.get(name);
      if (target === undefined)
        return [{ question: id, code: "unknown-next", message: `no question is called \`${name}\`` }];
      if (target.level >= level && name !== id) return [];
      return [
        {
          question: id,
          code: "chain-goes-up",
          message: `\`${name}\` is easier (level ${target.level}) than this (level ${level})`,
        },
      ];
    }),
  );
}

/** One constant has one value on every page. */
function checkConstants(questions: readonly Question[]): BankProblem[] {
  const first = new Map<string, { readonly value: string; readonly id: string }>();
  return questions.flatMap(({ id, facts = {} }) =>
    Object.entries(facts).flatMap(([name, written]): BankProblem[] => {
      const value = String(written);
      const known = first.get(name);
      if (known === undefined) first.set(name, { value, id });
      if (known === undefined || known.value === value) return [];
      return [
        {
          question: id,
          code: "constant-with-two-values",
          message: `\`${name}\` is ${value} here and ${known.value} in ${known.id}`,
        },
      ];
    }),
  );
}

/** The same for rows of a named device: the H100 has one bandwidth. */
function checkCases(questions: readonly Question[]): BankProblem[] {
  const first = new Map<string, { readonly value: string; readonly id: string }>();
  return questions.flatMap(({ id, cases = [] }) =>
    cases.flatMap((row) =>
      Object.entries(row).flatMap(([name, written]): BankProblem[] => {
        if (row.device === undefined || name === "device") return [];
        const key = `${row.device}: ${name}`;
        const known = first.get(key);
        if (known === undefined) first.set(key, { value: String(written), id });
        if (known === undefined || known.value === String(written)) return [];
        return [
          {
            question: id,
            code: "constant-with-two-values",
            message: `${key} is ${written} here and ${known.value} in ${known.id}`,
          },
        ];
      }),
    ),
  );
}
