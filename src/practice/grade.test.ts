import { describe, expect, it } from "vitest";
import { scoreAfterHints, unanswered } from "./grade.ts";

describe("the score that counts", () => {
  it("loses a quarter of itself for each hint, and never falls below nothing", () => {
    expect([0, 1, 2, 3, 4, 5].map((hints) => scoreAfterHints(1, hints))).toEqual([1, 0.75, 0.5, 0.25, 0, 0]);
    expect(scoreAfterHints(0.5, 1)).toBe(0.375);
  });

  it("is nothing for no answer, which is not a wrong one", () => {
    expect(unanswered("3 GB")).toEqual({ verdict: "unanswered", score: 0, because: [], notes: [], expected: "3 GB" });
  });
});
