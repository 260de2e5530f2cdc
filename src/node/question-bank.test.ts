import { beforeAll, describe, expect, it } from "vitest";
import { formatInUnit } from "../core/format-quantity.ts";
import { unwrap } from "../core/outcome.ts";
import { reviewNote } from "../note/review-note.ts";
import { checkBank, checkCoverage } from "../practice/check-bank.ts";
import { gradeAnswer } from "../practice/grade-answer.ts";
import { rightOptions } from "../practice/grade-choice.ts";
import { answerOf, mistakesOf } from "../practice/grade-estimate.ts";
import { type PreparedQuestion, prepareQuestion } from "../practice/prepare.ts";
import { drawVariant, fillPlaces, type Variant } from "../practice/variant.ts";
import { problemNames } from "./problem-files.ts";
import { readBank } from "./question-files.ts";

const { questions, findings } = await readBank();
const SEED = 20;
const LETTERS = "abcdefgh";

it("reads every question file without an error", () => {
  expect(findings.map(({ at, message }) => `${at.file}:${at.start.line} ${message}`)).toEqual([]);
  expect(questions.length).toBeGreaterThanOrEqual(240);
});

it("covers every area, level and step, half of it with numbers and causes", () => {
  expect(checkCoverage(questions)).toEqual([]);
});

it("names problems that exist in its design questions", () => {
  const named = questions.flatMap((question) => (question.kind === "design" ? [question.problem] : []));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !problemNames().includes(name))).toEqual([]);
});

it("passes its own check", () => {
  const bank = questions.map((question) => unwrap(prepareQuestion(question)));
  expect(checkBank(bank, { review: reviewNote }).problems).toEqual([]);
});

describe.each(questions.map((question) => [question.id, question] as const))("%s", (_, question) => {
  let prepared: PreparedQuestion;
  let variant: Variant;
  beforeAll(() => {
    prepared = unwrap(prepareQuestion(question));
    variant = drawVariant(prepared, SEED);
  });
  const answers = (typed: string, ticks?: readonly boolean[]) =>
    unwrap(gradeAnswer(prepared, variant, typed, { ticks, review: reviewNote }));

  if (question.kind === "estimate") {
    it("is right for its own answer and names each of its mistakes", () => {
      if (!("answer" in prepared)) throw new Error("not an estimate");
      const { unit } = prepared.answer;
      const write = (value: number): string =>
        unit === undefined ? String(value) : formatInUnit(value, unit.text, unit.factor, { digits: 8 });
      expect(answers(write(answerOf(prepared, variant))).verdict).toBe("right");
      const slips = mistakesOf(prepared, variant);
      slips.forEach((slip, i) => {
        const grade = answers(write(slip));
        expect(grade.verdict).toBe("wrong");
        // Two slips may meet in one variant; the explanation is then that of either.
        expect(slips[grade.mistake ?? -1] / slip).toBeCloseTo(1, 6);
        if (grade.mistake === i) expect(grade.because).toEqual([fillPlaces(question.mistakes[i].why, variant.texts)]);
      });
    });
  }

  if (question.kind === "choose" || question.kind === "diagnose") {
    it("is right for the options that hold and says why each other one does not", () => {
      if (!("claims" in prepared)) throw new Error("not a choice");
      const right = rightOptions(prepared, variant);
      const letters = variant.shown.flatMap((option, place) => (right[option] ? [LETTERS[place]] : []));
      expect(answers(letters.join(", ")).verdict).toBe("right");
      variant.shown.forEach((option, place) => {
        if (right[option]) return;
        const grade = answers(LETTERS[place]);
        expect([grade.verdict, grade.mistake]).toEqual(["wrong", option]);
        expect(grade.because.join()).toContain(fillPlaces(question.options[option].why, variant.texts));
      });
    });
  }

  if (question.kind === "order") {
    it("is right in order and names each of its mistakes", () => {
      const write = (order: readonly number[]): string =>
        order.map((item) => LETTERS[variant.shown.indexOf(item)]).join(" ");
      expect(answers(write(question.items.map((_item, i) => i))).verdict).toBe("right");
      question.mistakes.forEach((mistake, i) => {
        const grade = answers(write(mistake.order.map((item) => item - 1)));
        expect([grade.verdict, grade.mistake]).toEqual(["wrong", i]);
        expect(grade.because[0]).toBe(mistake.why);
      });
    });
  }

  if (question.kind === "fill") {
    it("is right for what it accepts and names each of its mistakes", () => {
      const best = question.blanks.map(({ accept }) => String(accept[0]));
      expect(answers(best.join("; ")).verdict).toBe("right");
      question.blanks.forEach(({ mistakes }, i) => {
        for (const { answer, why } of mistakes) {
          const grade = answers(best.map((one, j) => (i === j ? String(answer) : one)).join("; "));
          expect(grade.verdict).not.toBe("right");
          expect(grade.because.join()).toContain(why);
        }
      });
    });
  }

  if (question.kind === "explain" || question.kind === "design") {
    it("is right with every point and recognises each of its mistakes", () => {
      const all = question.rubric.map(() => true);
      const text = question.kind === "explain" ? question.model : question.rubric.map(({ point }) => point).join(". ");
      expect(answers(text, all).verdict).toBe("right");
      for (const { cues, why } of question.mistakes) {
        const grade = answers(cues.map((cue) => cue.split("|")[0]).join(" "), all);
        expect(grade.verdict).not.toBe("right");
        expect(grade.because.join()).toContain(why);
      }
    });
  }

  if (question.kind === "critique") {
    it("is right for the lines that the reviewer marks and names each of its mistakes", () => {
      const asked = reviewNote(question.note).filter(({ name }) => question.finds.includes(name));
      const lines = asked.map(({ at }) => String(at.start.line));
      expect(answers(lines.join(", ")).verdict).toBe("right");
      question.mistakes.forEach(({ key, why }, i) => {
        const grade = answers(`${lines.join(", ")}, ${key}`);
        expect([grade.verdict, grade.mistake]).toEqual(["close", i]);
        expect(grade.because.join()).toContain(why);
      });
      expect(answers("1").verdict).toBe("wrong");
    });
  }
});
