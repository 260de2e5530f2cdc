import { expect, it } from "vitest";
import type { ReviewFinding } from "../review.ts";
import { renderGithub } from "./github.ts";

const finding: ReviewFinding = {
  code: "HP301",
  name: "random-split",
  severity: "error",
  message: "50% are\nshuffled",
  at: {
    file: "a,b:c.md",
    start: { line: 3, column: 5, offset: 20 },
    end: { line: 3, column: 9, offset: 24 },
  },
};
const rendered = (...findings: readonly ReviewFinding[]): string =>
  renderGithub([{ file: "a.md", findings, waived: [], outcomes: [], fromProse: false }]);

it("annotates a place within a line by its columns, the last one included, and escapes what would end a property", () => {
  expect(rendered(finding)).toBe(
    "::error file=a%2Cb%3Ac.md,line=3,endLine=3,col=5,endColumn=8,title=HP301 random-split::50%25 are%0Ashuffled",
  );
  const { start } = finding.at;
  expect(rendered({ ...finding, at: { ...finding.at, end: start } })).toContain(",col=5,endColumn=5,");
});

it("annotates a place of several lines by its lines alone", () => {
  const at = { ...finding.at, end: { line: 4, column: 9, offset: 60 } };
  expect(rendered({ ...finding, at, message: "m" })).toBe(
    "::error file=a%2Cb%3Ac.md,line=3,endLine=4,title=HP301 random-split::m",
  );
});

it("says why and what to write where that is known, and names severities as a workflow does", () => {
  const more = { ...finding, message: "m", why: "w", fix: "f\r" };
  expect(rendered({ ...more, severity: "warning" }, { ...more, severity: "advice" }).split("\n")).toEqual([
    expect.stringMatching(/^::warning .*::m%0Awhy: w%0Afix: f%0D$/u),
    expect.stringMatching(/^::notice .*::m%0Awhy: w%0Afix: f%0D$/u),
  ]);
});
