/** One question being answered: asked, hinted at, graded and turned into a line of history. */

import { type Outcome, succeed } from "../core/outcome.ts";
import { plural } from "../core/plural.ts";
import { hintsOf, workedClaims, workedDerivation } from "./derivation.ts";
import { type Grade, scoreAfterHints } from "./grade.ts";
import { type GradeOptions, gradeAnswer } from "./grade-answer.ts";
import type { AnswerRecord } from "./history.ts";
import type { PreparedQuestion } from "./prepare.ts";
import { cardOf } from "./question.ts";
import { drawVariant, fillPlaces, type Variant } from "./variant.ts";

export interface Sitting {
  readonly prepared: PreparedQuestion;
  readonly variant: Variant;
  readonly hints: readonly string[];
}

export function sit(prepared: PreparedQuestion, seed: number): Sitting {
  return { prepared, variant: drawVariant(prepared, seed), hints: hintsOf(prepared) };
}

/** The question as lines: the text, the values it does not say, the options with their letters. */
export function askLines({ prepared: { question }, variant }: Sitting): readonly string[] {
  const given = variant.given.map(({ name, text }) => `  ${name}: ${text}`);
  const letters = "abcdefgh";
  const options =
    question.kind === "choose" || question.kind === "diagnose" ? question.options.map((one) => one.text) : [];
  const items = question.kind === "order" ? question.items : options;
  const shown = variant.shown.map((item, place) => `  ${letters[place]}) ${fillPlaces(items[item], variant.texts)}`);
  // A critique's note is long: the question stands below it, where the answer is typed.
  if (question.kind === "critique") return [...numbered(question.note), ...variant.ask.split("\n"), ...given];
  const note =
    question.kind === "fill"
      ? question.note
          .trimEnd()
          .split("\n")
          .map((line) => `  │ ${line}`)
      : [];
  const whole =
    question.kind === "design" ? [`  (with an interviewer and a clock: heptad interview ${question.problem})`] : [];
  return [...variant.ask.split("\n"), ...given, ...note, ...shown, ...whole];
}

/** What to type. */
export function answerPrompt({ prepared }: Sitting): string {
  const { question } = prepared;
  switch (question.kind) {
    case "estimate": {
      const unit = "answer" in prepared ? prepared.answer.unit?.text : undefined;
      return unit === undefined ? "your number" : `your number, in ${unit}`;
    }
    case "choose":
    case "diagnose":
      return question.many === true ? "the letters that hold" : "one letter";
    case "order":
      return "the letters in your order";
    case "fill":
      return question.blanks.length === 1 ? "the blank" : "the blanks in order, divided by ;";
    case "critique":
      return "the lines or keys that are wrong, divided by commas";
    case "explain":
    case "design":
      return "a few sentences";
    default:
      return question satisfies never;
  }
}

/** The lines of a note under their numbers, without those that hold no fact: blank ones, fences, the marks of the front matter. */
function numbered(note: string): readonly string[] {
  return note
    .trimEnd()
    .split("\n")
    .flatMap((line, i) =>
      /^(?:\s*|---|heptad: 1|`{3}.*)$/u.test(line) ? [] : [`  ${String(i + 1).padStart(2)} │ ${line}`],
    );
}

export interface AnswerGiven extends GradeOptions {
  readonly typed: string;
  readonly confidence?: number;
  /** How many hints were shown. */
  readonly hints: number;
  readonly seconds: number;
  /** A new id, and the ISO time. */
  readonly id: string;
  readonly at: string;
  readonly mode: string;
}

/** The grade and the line for the history; a failure asks for the answer again. */
export function answerSitting(
  { prepared, variant }: Sitting,
  given: AnswerGiven,
): Outcome<{ readonly grade: Grade; readonly record: AnswerRecord }> {
  const graded = gradeAnswer(prepared, variant, given.typed, given);
  if (!graded.ok) return graded;
  const grade = graded.value;
  const { id: question, area, level, guess } = cardOf(prepared.question);
  const { id, at, typed, confidence, hints, seconds, mode } = given;
  const { verdict, mistake } = grade;
  const score = scoreAfterHints(grade.score, hints);
  const seed = variant.seed;
  return succeed({
    grade,
    record: {
      type: "answer",
      id,
      at,
      question,
      area,
      level,
      guess,
      seed,
      typed,
      verdict,
      score,
      mistake,
      confidence,
      hints,
      seconds,
      mode,
    },
  });
}

/** What is shown after the answer: verdict, what was forgiven, why, the derivation, the source. */
export function revealLines({ prepared, variant }: Sitting, grade: Grade, hints = 0): readonly string[] {
  const { question } = prepared;
  const paid =
    hints === 0 || grade.score === 0
      ? ""
      : ` (${plural(hints, "hint")}: ${Math.round(100 * scoreAfterHints(grade.score, hints))}% of the score)`;
  const worked =
    "answer" in prepared
      ? workedDerivation(prepared, variant)
      : "claims" in prepared
        ? workedClaims(prepared, variant)
        : [];
  const isFree = question.kind === "explain";
  // What a critique missed is said line by line already.
  const isSaid = question.kind === "critique" && grade.verdict !== "unanswered";
  const answer =
    isSaid || (grade.verdict === "right" && !isFree)
      ? []
      : [`${isFree ? "a good answer" : "answer"}: ${grade.expected}`];
  return [
    `${grade.verdict === "close" && question.kind !== "estimate" ? "partly right" : VERDICTS[grade.verdict]}${paid}`,
    ...grade.notes.map((note) => `note: ${note}`),
    ...grade.because,
    ...answer,
    ...(worked.length === 0 ? [] : ["", ...worked]),
    `source: ${question.sources.join("; ")}`,
  ];
}

const VERDICTS = {
  right: "right",
  close: "close, but outside the tolerance",
  wrong: "not right",
  unanswered: "left open",
} as const;
