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

  it("stop at sixty, however many a line holds", () => {
    expect(asked(Array.from({ length: 9 }, () => "Is it so?").join(" "))).toHaveLength(9);
    expect(asked(...Array.from({ length: 20 }, () => "Is it so? Is it not so? And why is it?"))).toHaveLength(60);
  });
});
