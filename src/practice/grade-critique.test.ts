import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { unwrap } from "../core/outcome.ts";
import { gradeCritique } from "./grade-critique.ts";
import { sampleQuestion } from "./sample-question.ts";

const note = [
  "split: { by: time, gap: 7 d }",
  "stages:",
  "  - { name: ann, keep: 500 }",
  "  - { name: ranker, in: 2000 }",
  "time: ts",
];
const finding = (name: string, line: number): Finding => ({
  code: "HP999",
  name,
  severity: "error",
  message: name,
  at: { file: "note.md", start: { line, column: 1, offset: 0 }, end: { line, column: 5, offset: 4 } },
});
const findings = [finding("short-gap", 1), finding("funnel", 4)];
const question = sampleQuestion({
  kind: "critique",
  given: undefined,
  answer: undefined,
  ask: "Which lines are wrong?",
  note: note.join("\n"),
  finds: ["short-gap", "funnel"],
  mistakes: [
    { key: "time", why: "the column is named" },
    { key: "stages", why: "it is a list" },
  ],
});
if (question.kind !== "critique") throw new Error("not a critique");
const grade = (typed: string) => gradeCritique(question, typed, () => findings);

describe("a critique", () => {
  it("takes lines, keys, and keys inside of a line", () => {
    expect(unwrap(grade("1, 4")).verdict).toBe("right");
    expect(unwrap(grade("gap and 4")).verdict).toBe("right");
    expect(unwrap(grade("split; line 4")).verdict).toBe("right");
  });

  it("asks again where a key holds several lines and one of them is at fault", () => {
    const again = grade("split, stages");
    expect(again.ok ? "" : again.failure.message).toBe("`stages` holds several lines");
  });

  it("says why a sound line is sound", () => {
    const { verdict, because } = unwrap(grade("1, 4, time"));
    expect([verdict, because[0]]).toEqual(["close", "time is sound: the column is named"]);
  });
});
