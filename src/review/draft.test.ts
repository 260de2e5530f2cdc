import { describe, expect, it } from "vitest";
import { type Design, parseDesign } from "../steps/design.ts";
import { asksForLater, isDraft, stepsNotBegun } from "./draft.ts";

function designOf(sections: string, status = "status: draft\n"): Design {
  const { design } = parseDesign(`---\nheptad: 1\ntitle: t\nsystem: s\n${status}---\n\n${sections}\n`, "note.md");
  if (design === undefined) throw new Error("no design");
  return design;
}
const notBegun = (sections: string, status?: string): number[] => [...stepsNotBegun(designOf(sections, status))];
const block = (source: string): string => `\`\`\`yaml\n${source}\n\`\`\``;

describe("the steps that a draft has not begun", () => {
  it("are those without facts and without words, comments and headings aside", () => {
    expect(notBegun("## 1. Clarify\n")).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(notBegun(`## 1. Clarify\n\n${block("goal: clicks")}\n`)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(notBegun("## 1. Clarify\n\nAs fast as we can.\n\n## 3. Data\n\nLogs.\n")).toEqual([2, 4, 5, 6, 7]);
    for (const empty of [block("# goal: clicks"), "<!-- to\ncome -->", "### Users\n"])
      expect(notBegun(`## 1. Clarify\n\n${empty}\n`), empty).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("are none of a note that is no draft", () => {
    expect(notBegun("## 1. Clarify\n", "")).toEqual([]);
  });
});

it("is what a note of an unreadable status is taken for, so that the one error is not buried", () => {
  for (const status of ["status: Draft\n", "status: darft\n", "status: [draft]\n"])
    expect(isDraft(designOf("", status)), status).toBe(true);
  expect(isDraft(designOf("", "status: complete\n"))).toBe(false);
  expect(isDraft(designOf("", ""))).toBe(false);
});

it("is asked for later only what belongs to such steps alone", () => {
  const later = new Set([3, 5]);
  const asks = (...lacks: readonly string[]): boolean => asksForLater({ at: "1.goal", lacks }, later);
  expect([asks("3.split"), asks("3.split", "5.metric"), asks("3.split", "1.goal"), asks()]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(asksForLater({ at: "3.split" }, later)).toBe(false);
});
