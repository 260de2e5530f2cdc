import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { agrees, gradeFill } from "./grade-fill.ts";
import type { FillQuestion } from "./question.ts";
import { sampleQuestion } from "./sample-question.ts";

function fill(...blanks: readonly object[]): FillQuestion {
  const question = sampleQuestion({
    kind: "fill",
    given: undefined,
    answer: undefined,
    mistakes: undefined,
    ask: "Fill in.",
    note: blanks.map(() => "____").join(" "),
    blanks,
  });
  if (question.kind !== "fill") throw new Error("blanks were expected");
  return question;
}
const split = {
  accept: ["time", "by time"],
  why: "the future must not be known",
  mistakes: [
    { answer: "random", why: "a random split leaks" },
    { answer: "user", why: "time leaks all the same" },
  ],
};
const gap = { accept: ["7 d"], why: "labels arrive late", mistakes: [{ answer: "1 d", why: "too short" }] };
const metric = { accept: ["ndcg@10"], why: "of lists", mistakes: [{ answer: "accuracy", why: "of classes" }] };

describe("grading blanks", () => {
  const grade = (question: FillQuestion, typed: string) => unwrap(gradeFill(question, typed));

  it("takes one blank with commas and all, in any case, with any hyphens and quotes", () => {
    for (const typed of ["time", " TIME ", '"By-Time"', "by_time"])
      expect(grade(fill(split), typed)).toMatchObject({ verdict: "right", score: 1, because: [], expected: "time" });
  });

  it("tells each wrong blank its slip and what is right", () => {
    const grades = grade(fill(split, gap, metric), "time; 1 d\naccuracy");
    expect(grades).toEqual({
      verdict: "wrong",
      score: 0,
      mistake: 2,
      because: [
        "blank 2: too short",
        "blank 2: 7 d: labels arrive late",
        "blank 3: of classes",
        "blank 3: ndcg@10: of lists",
      ],
      notes: [],
      expected: "time; 7 d; ndcg@10",
    });
    expect(grade(fill(split), "user")).toMatchObject({
      mistake: 1,
      because: ["time leaks all the same", "time: the future must not be known"],
    });
  });

  it("scores the share that is right, from a half on", () => {
    expect(grade(fill(split, gap), "time; -")).toMatchObject({ verdict: "close", score: 0.5 });
    expect(grade(fill(split, gap, metric), "time; 168 h; -")).toMatchObject({ verdict: "close", score: 2 / 3 });
    expect(grade(fill(split, gap, metric), "time; -; -")).toMatchObject({ verdict: "wrong", score: 0 });
    expect(grade(fill(split, gap), "time; 1 week")).toMatchObject({ verdict: "right", score: 1 });
    expect(grade(fill(split, gap), " ")).toMatchObject({ verdict: "unanswered", expected: "time; 7 d" });
  });

  it("asks again for another number of answers than blanks", () => {
    const said = (typed: string): string => {
      const outcome = gradeFill(fill(split, gap), typed);
      return outcome.ok ? "" : outcome.failure.message;
    };
    expect(said("time")).toBe("there are 2 blanks, and 1 answer");
    expect(said("time; 7 d; 3")).toBe("there are 2 blanks, and 3 answers");
  });

  it("compares quantities by value and unit", () => {
    expect(agrees("0.1 s", "100 ms")).toBe(true);
    expect(agrees("100 ms", "101 ms")).toBe(false);
    expect(agrees("100", "100 ms")).toBe(false);
    expect(agrees("five", "100 ms")).toBe(false);
    expect(agrees("2000", "2k")).toBe(true);
  });
});
