import { describe, expect, it } from "vitest";
import type { ProseLine } from "./proposal.ts";
import { readQuestions } from "./read-questions.ts";

function asked(...texts: string[]): (readonly [ask: string, answer: string | undefined])[] {
  const lines = texts.map(
    (text, i): ProseLine => ({ text, steps: [1], under: "", place: { file: "a.md", line: i + 1, quote: text } }),
  );
  return readQuestions(lines).map(({ ask, answer }) => [ask, answer]);
}

describe("questions of a line", () => {
  it("are each one of their own where nothing else stands in it", () => {
    expect(asked("- How fast must it be? Who sees the list first?")).toEqual([
      ["How fast must it be?", undefined],
      ["Who sees the list first?", undefined],
    ]);
    expect(asked("どれくらい速い必要がありますか？ 誰が最初に見ますか？")).toHaveLength(2);
  });

  it("are none where prose stands between them, and the first keeps the answer behind it", () => {
    expect(asked("Why do they leave? We asked forty of them and most found nothing new. But is it so?")).toEqual([]);
    expect(asked("- How many members? 2M")).toEqual([["How many members?", "2M"]]);
    expect(asked("Why? Who sees the list first?")).toEqual([]);
  });

  it("are read without who speaks, and answered by the line below that answers", () => {
    expect(asked("**C:** How many users?", "**I:** 1 billion.")).toEqual([["How many users?", "1 billion."]]);
    expect(asked("<details><summary>Why so many?</summary>", "All of them.")).toEqual([
      ["Why so many?", "All of them."],
    ]);
    expect(asked("Q: How many users? A: 200M a day.")).toEqual([["How many users?", "200M a day."]]);
    expect(asked("Q1. Is it personal?", "A1. Yes, for all who log in.")).toEqual([
      ["Is it personal?", "Yes, for all who log in."],
    ]);
    expect(asked("**Candidate:** Do we rank or retrieve?", "**Interviewer:** Both.")).toEqual([
      ["Do we rank or retrieve?", "Both."],
    ]);
    expect(asked("Q: Is it personal?", "A list is shown to all.")).toEqual([["Is it personal?", undefined]]);
    expect(asked("Q: Is it personal?", "A: unknown")).toEqual([["Is it personal?", undefined]]);
  });

  it("are open where what stands behind them only doubts on", () => {
    expect(asked("- model: a sequence model maybe?? or just counts first")).toEqual([
      ["model: a sequence model maybe??", undefined],
    ]);
    expect(asked("- Do we log it? Maybe.")).toEqual([["Do we log it?", undefined]]);
  });

  it("stop at sixty, however many a line holds", () => {
    expect(asked(Array.from({ length: 9 }, () => "Is it so?").join(" "))).toHaveLength(9);
    expect(asked(...Array.from({ length: 20 }, () => "Is it so? Is it not so? And why is it?"))).toHaveLength(60);
  });
});
