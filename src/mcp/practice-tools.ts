/** Tools to practise with: a question, the grade of an answer, and one turn of an interview. Nothing is recorded: dry runs leave no trace. */

import { randomInt } from "node:crypto";
import { z } from "zod";
import { FailureError, unwrap } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import { readPreparedBank } from "../node/prepared-bank.ts";
import { reviewNote } from "../note/review-note.ts";
import { gradeAnswer } from "../practice/grade-answer.ts";
import { readRubric } from "../practice/grade-rubric.ts";
import type { PreparedQuestion } from "../practice/prepare.ts";
import { answerPrompt, askLines, sit } from "../practice/sitting.ts";
import { type Tool, tool } from "./tool.ts";

const MOST_SEED = 2 ** 31 - 1;
const seed = z.number().int().min(0).max(MOST_SEED).describe("The same seed gives the same question and numbers");

export const practiceQuestionTool: Tool = tool({
  name: "practice_question",
  title: "Draw a question",
  description:
    "Draws a question of the bank with fresh numbers, by name or by area, level, step or kind. Grade the answer with grade_answer and the " +
    "same question and seed. The learner's history is left as it is.",
  input: z.strictObject({
    question: z.string().max(100).optional(),
    area: z.string().max(60).optional(),
    level: z.number().int().min(1).max(6).optional(),
    step: z.number().int().min(1).max(7).optional(),
    kind: z.string().max(40).optional(),
    seed: seed.optional(),
  }),
  readOnly: true,
  async run(given) {
    const bank = await readPreparedBank();
    const fits = bank.filter(
      ({ question }) =>
        (given.question === undefined || question.id === given.question) &&
        (given.area === undefined || question.area === given.area) &&
        (given.level === undefined || question.level === given.level) &&
        (given.step === undefined || question.step === given.step) &&
        (given.kind === undefined || question.kind === given.kind),
    );
    if (fits.length === 0) {
      const areas = [...new Set(bank.map(({ question }) => question.area))].sort();
      throw new FailureError({
        code: "no-question",
        message: `none of ${bank.length} questions is like that`,
        fix: `ask for less; the areas are ${areas.join(", ")}`,
      });
    }
    // Where none is given each call draws anew, and says what it drew by.
    const drawn = given.seed ?? randomInt(MOST_SEED);
    const prepared = fits[createRandom(drawn, "question").below(fits.length)];
    const sitting = sit(prepared, drawn);
    const { id, kind, area, level, step, title } = prepared.question;
    return {
      question: id,
      seed: drawn,
      kind,
      area,
      level,
      step,
      title,
      lines: askLines(sitting),
      answer: answerPrompt(sitting),
    };
  },
});

export const gradeAnswerTool: Tool = tool({
  name: "grade_answer",
  title: "Grade an answer",
  description:
    "Grades an answer to a question drawn with practice_question: verdict, score, the slip that it matches, the right answer. Free text is " +
    "held against a rubric; each point comes with the words that earned it.",
  input: z.strictObject({ question: z.string().max(100), seed, answer: z.string().max(20_000) }),
  readOnly: true,
  async run({ question: id, seed: drawn, answer }) {
    const prepared = await findQuestion(id);
    const { question } = prepared;
    const { variant } = sit(prepared, drawn);
    const isFree = question.kind === "explain" || question.kind === "design";
    const reading = isFree ? readRubric(question, answer) : undefined;
    const ticks = reading && [...reading.points.map(({ ticked }) => ticked), ...reading.misconceptions.map(() => true)];
    const grade = unwrap(gradeAnswer(prepared, variant, answer, { review: reviewNote, ticks }));
    return { ...grade, points: reading?.points };
  },
});

async function findQuestion(id: string): Promise<PreparedQuestion> {
  const found = (await readPreparedBank()).find(({ question }) => question.id === id);
  if (found !== undefined) return found;
  throw new FailureError({
    code: "no-question",
    message: `there is no question \`${id}\``,
    fix: "give the name that practice_question gave",
  });
}
