import { describe, expect, it } from "vitest";
import type { Review, ReviewFinding } from "../review.ts";
import type { Summary } from "../summary.ts";
import { createLines, renderFinding, renderSummary, renderText, type TextOptions } from "./text.ts";

const plain: TextOptions = { paint: (_, text) => text, width: 80, textOf: () => "" };
const painted: TextOptions = { ...plain, paint: (style, text) => `<${style}>${text}</>` };
const span = (line: number, from: number, to: number, endLine = line) => ({
  file: "n.md",
  start: { line, column: from, offset: 0 },
  end: { line: endLine, column: to, offset: 0 },
});
const finding: ReviewFinding = { code: "HP301", name: "r", severity: "error", message: "m", at: span(1, 3, 6) };
const shown = (more: Partial<ReviewFinding>, lines: readonly string[], options = plain): string[] =>
  renderFinding({ ...finding, ...more }, lines, options).split("\n");

describe("a finding as text", () => {
  it("marks the stretch in its line, with its label, and further places below", () => {
    const related = [{ at: span(10, 1, 2), message: "and here" }];
    const lines = ["abcdefgh", ...Array.from({ length: 8 }, () => ""), "xyz"];
    expect(shown({ label: "this", related }, lines)).toEqual([
      "error[HP301] m",
      "  n.md:1:3   step 3",
      "   1 │ abcdefgh",
      "     │   ^^^ this",
      "  10 │ xyz",
      "     │ - and here",
      "  more: heptad explain HP301",
    ]);
  });

  it("marks at least one sign, a stretch of several lines up to the end of its first, and nothing beyond the line", () => {
    const mark = (at: ReviewFinding["at"], line: string): string | undefined => shown({ at }, [line])[3];
    expect(mark(span(1, 3, 3), "abcdef")).toBe("    │   ^");
    expect(mark(span(1, 3, 2, 4), "abcdef  ")).toBe("    │   ^^^^");
    expect(mark(span(1, 3, 99), "abcdef")).toBe("    │   ^^^^");
    expect(shown({ at: span(7, 1, 2) }, ["abc"]).slice(2, 4)).toEqual(["  7 │ ", "    │ ^"]);
  });

  it("cuts a long line around the mark, and leaves one alone that fits", () => {
    const room = 80 - 1 - 8;
    const long = Array.from({ length: 200 }, (_, i) => String.fromCharCode(97 + (i % 26))).join("");
    const line = (from: number, text = long): string[] => shown({ at: span(1, from, from + 2) }, [text]).slice(2, 4);
    expect(line(1, long.slice(0, room))).toEqual([`  1 │ ${long.slice(0, room)}`, "    │ ^^"]);
    expect(line(1, long.slice(0, room + 1))[0]).toBe(`  1 │ ${long.slice(0, room)}…`);
    // Twelve signs stand before the mark.
    expect(line(101)).toEqual([`  1 │ …${long.slice(88, 88 + room)}…`, `    │ ${" ".repeat(13)}^^`]);
    expect(line(199)).toEqual([`  1 │ …${long.slice(200 - room)}`, `    │ ${" ".repeat(198 - (200 - room) + 1)}^^`]);
    expect(shown({ at: span(1, 1, 200) }, [long])[3]).toBe(`    │ ${"^".repeat(room)}`);
    const narrow = shown({ at: span(1, 1, 2) }, [long], { ...plain, width: 10 });
    expect(narrow[2]).toBe(`  1 │ ${long.slice(0, 40)}…`);
  });

  it("says why, what to write and who waits, wrapped to the window under their words", () => {
    const words = `${"word ".repeat(20)}end`;
    const lines = shown({ why: words, fix: "a\nb", edits: [], waiting: ["HP1 x", "HP2 y"] }, ["abcdefgh"]);
    const [why, more] = lines.slice(4);
    expect(why).toBe(`  why: ${"word ".repeat(14).trim()}`);
    expect(more).toBe(`       ${"word ".repeat(6)}end`);
    expect(lines.slice(6)).toEqual([
      "  fix: a",
      "       b (heptad check --fix does it)",
      "  waiting for it: HP1 x, HP2 y",
      "  more: heptad explain HP301",
    ]);
    // 80 columns less the indent of seven hold 73 letters.
    expect(shown({ why: `${"x".repeat(71)} y` }, ["abc"])[4]).toBe(`  why: ${"x".repeat(71)} y`);
    expect(shown({ why: `${"x".repeat(72)} y` }, ["abc"])[5]).toBe("       y");
  });

  it("explains only rules of a step", () => {
    const lines = shown({ code: "HP009" }, ["abcdefgh"]);
    expect(lines[1]).toBe("  n.md:1:3");
    expect(lines).toHaveLength(4);
  });

  it("has the colour of its severity, at the mark too", () => {
    const colour = (severity: ReviewFinding["severity"]): string[] => shown({ severity }, ["abcdefgh"], painted);
    expect(colour("error")[0]).toBe("<red>error[HP301]</> <bold>m</>");
    expect(colour("warning")[3]).toContain("<yellow>^^^</>");
    expect(colour("advice")[3]).toContain("<cyan>^^^</>");
  });
});

describe("the last line", () => {
  const none: Summary = {
    errors: 0,
    warnings: 0,
    advice: 0,
    waived: 0,
    fixable: 0,
    notes: 1,
    rules: { fires: 0, pass: 0, unknown: 0, "not applicable": 0 },
  };
  const line = (more: Partial<Summary>): string => renderSummary({ ...none, ...more }, plain);
  const unknown = (count: number) => ({ rules: { ...none.rules, unknown: count } });

  it("counts what was found by severity, each only where there is some", () => {
    expect(line({})).toBe("nothing to report in 1 note");
    expect(line({ errors: 1, warnings: 2, advice: 1, notes: 2 })).toBe(
      "1 error, 2 warnings, 1 piece of advice in 2 notes",
    );
    expect(line({ errors: 2, warnings: 1, advice: 2 })).toBe("2 errors, 1 warning, 2 pieces of advice in 1 note");
    expect(renderSummary({ ...none, errors: 1 }, painted)).toBe("<red>1 error</> in 1 note");
    expect(renderSummary(none, painted)).toContain("<green>nothing to report</>");
  });

  it("adds what is waived, what can be mended and what waits", () => {
    expect(line({ waived: 1, fixable: 1, ...unknown(1) })).toBe(
      "nothing to report in 1 note (1 waived; 1 can be mended with --fix; 1 rule waits for facts)",
    );
    expect(line(unknown(2))).toBe("nothing to report in 1 note (2 rules wait for facts)");
  });
});

it("shows findings, what is waived with its reason, and says of a plain note that it was read from its prose", () => {
  const review: Review = {
    file: "n.md",
    findings: [finding],
    waived: [{ finding: { ...finding, message: "w\u0007" }, reason: "so\tit is" }],
    outcomes: [],
    fromProse: true,
  };
  const parts = renderText([review], { ...plain, textOf: () => "abcdefgh" }).split("\n\n");
  expect(parts).toHaveLength(4);
  expect(parts[0]).toBe("n.md holds no facts; read from its prose");
  expect(parts[1]).toContain("1 │ abcdefgh");
  expect(parts[2]).toBe("waived[HP301] w�\n  n.md:1:3\n  reason: so it is");
  expect(parts[3]).toContain("1 error in 1 note (1 waived");
});

it("takes any line end for one", () => {
  expect(createLines("a\r\nb\nc\rd")).toEqual(["a", "b", "c", "d"]);
});
