import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { gradeChoice, rightOptions } from "./grade-choice.ts";
import { type PreparedChoice, prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";
import { drawVariant } from "./variant.ts";

function prepare(changes: Readonly<Record<string, unknown>>): PreparedChoice {
  const prepared = unwrap(
    prepareQuestion(sampleQuestion({ kind: "choose", answer: undefined, mistakes: undefined, ...changes })),
  );
  if (!("claims" in prepared)) throw new Error("a choice was expected");
  return prepared;
}

const larger = prepare({
  ask: "Which is larger?",
  given: { a: "1..9", b: "11..19" },
  options: [
    { text: "First one, {a}", right: "a > b", why: "{a} is the smaller" },
    { text: "Second one, {b}", right: "a < b", why: "{b} is the larger" },
    { text: "Neither of them", right: false, why: "they differ" },
  ],
});
const several = prepare({
  ask: "Which hold?",
  given: undefined,
  many: true,
  options: [
    { text: "alpha", right: true, why: "it holds" },
    { text: "beta", right: true, why: "it holds too" },
    { text: "gamma", right: false, why: "it does not" },
  ],
});

/** The letter that stands before an option of the file in a variant. */
const letter = (prepared: PreparedChoice, seed: number, option: number): string =>
  "abc"[drawVariant(prepared, seed).shown.indexOf(option)];
const grade = (prepared: PreparedChoice, seed: number, typed: string) =>
  gradeChoice(prepared, drawVariant(prepared, seed), typed);

describe("grading a choice", () => {
  it("computes for the values drawn which options are right", () => {
    expect(rightOptions(larger, drawVariant(larger, 1))).toEqual([false, true, false]);
  });

  it.each([1, 2, 3, 4])(
    "takes a letter, a number or the beginning of the text, in the order shown (variant %d)",
    (seed) => {
      const variant = drawVariant(larger, seed);
      const place = variant.shown.indexOf(1);
      const right = "abc"[place];
      for (const typed of [right, right.toUpperCase(), `${right})`, `${right}.`, ` ${place + 1} `, "second one"]) {
        expect(unwrap(grade(larger, seed, typed))).toEqual({
          verdict: "right",
          score: 1,
          because: [`${right}) ${variant.texts.b} is the larger`],
          notes: [],
          expected: `${right}) Second one, ${variant.texts.b}`,
        });
      }
    },
  );

  it("says the reader's own slip first, then what is right", () => {
    const [slip, right] = [0, 1].map((option) => letter(larger, 5, option));
    const { texts } = drawVariant(larger, 5);
    expect(unwrap(grade(larger, 5, slip))).toMatchObject({
      verdict: "wrong",
      score: 0,
      mistake: 0,
      because: [`${slip}) ${texts.a} is the smaller`, `${right}) ${texts.b} is the larger`],
    });
    expect(unwrap(grade(larger, 5, letter(larger, 5, 2)))).toMatchObject({ verdict: "wrong", mistake: 2 });
  });

  it("gives half for some of several right options, all for all, and nothing where a wrong one is among them", () => {
    const [alpha, beta, gamma] = [0, 1, 2].map((option) => letter(several, 2, option));
    expect(unwrap(grade(several, 2, alpha))).toMatchObject({ verdict: "close", score: 0.5 });
    expect(unwrap(grade(several, 2, `${alpha} and ${beta}`))).toMatchObject({ verdict: "right", score: 1 });
    expect(unwrap(grade(several, 2, `${beta}, ${alpha}`))).toMatchObject({ verdict: "right" });
    expect(unwrap(grade(several, 2, `${alpha}+${beta}+${gamma}`))).toMatchObject({
      verdict: "wrong",
      score: 0,
      mistake: 2,
    });
  });

  it("asks again where the text names no option, or more than one of which one is wanted", () => {
    const said = (typed: string, prepared = larger): string => {
      const outcome = grade(prepared, 1, typed);
      return outcome.ok ? outcome.value.verdict : `${outcome.failure.message}; ${outcome.failure.fix}`;
    };
    expect(said("d")).toBe("`d` is none of the options; type one of a, b, c");
    expect(said("4")).toBe("`4` is none of the options; type one of a, b, c");
    expect(said("d", several)).toBe("`d` is none of the options; type the letters that hold, of a, b, c");
    expect(said("a b")).toBe("one option is wanted; type one letter");
    expect(said("se")).toContain("none of the options");
    expect(said("ne")).toContain("none of the options");
    expect(said("nei")).toBe("wrong");
    expect(said("x".repeat(90))).toBe(`\`${"x".repeat(40)}\` is none of the options; type one of a, b, c`);
    expect(said("  ")).toBe("unanswered");
  });
});
