import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { checkBank } from "./check-bank.ts";
import { type PreparedQuestion, prepareQuestion } from "./prepare.ts";
import type { Question } from "./question.ts";
import { measureTells } from "./tells.ts";

/** Twenty-four choices whose right option is written by `right` and the three wrong ones by `wrong`. */
function bank(right: (i: number) => string, wrong: (i: number, j: number) => string): readonly PreparedQuestion[] {
  return Array.from({ length: 24 }, (_, i) => {
    const options = [
      { text: right(i), right: true, why: "it is" },
      ...[1, 2, 3].map((j) => ({ text: wrong(i, j), right: false, why: "it is not" })),
    ];
    const question: Question = {
      id: `q${i}`,
      step: 3,
      kind: "choose",
      title: "t",
      area: "data",
      level: 1,
      seniority: "mid",
      minutes: 1,
      ask: "Which one holds?",
      options,
      sources: ["made up"],
    };
    return unwrap(prepareQuestion(question));
  });
}
const codes = (prepared: readonly PreparedQuestion[]): readonly string[] =>
  checkBank(prepared).problems.flatMap(({ code, message }) => (code === "tell" ? [message] : []));
/** Letters without a pattern, of one length. */
const noise = (i: number, j: number): string =>
  `${((i * 7919 + j * 104_729) % 99_991).toString(26).padStart(6, "k")} kk`;

describe("tells of a bank", () => {
  it("are quiet where options are alike", () => {
    expect(
      codes(
        bank(
          (i) => noise(i, 0),
          (i, j) => noise(i, j),
        ),
      ),
    ).toEqual([]);
  });

  it("are named when the right option is the longest, or the shortest", () => {
    const long = (i: number): string => `${noise(i, 0)} and more`;
    expect(codes(bank(long, noise)).join()).toContain("the longest option is right in 100 % of 24 choices");
    expect(codes(bank((i) => noise(i, 0).slice(3), noise)).join()).toContain("the shortest option is right in 100 %");
  });

  it("are named when wrong options share a word that right ones do not have", () => {
    const said = codes(
      bank(
        (i) => `${noise(i, 0)} hence`,
        (i, j) => `${noise(i, j)} since`,
      ),
    ).join();
    expect(said).toContain("the words that right options have");
  });

  it("share a tie between the options that tie, and say nothing of questions whose truth is computed", () => {
    const [longest] = measureTells(bank((i) => noise(i, 0), noise));
    expect(longest).toMatchObject({ share: 0.25, chance: 0.25, questions: 24 });
    expect(measureTells([])).toEqual([]);
  });
});
