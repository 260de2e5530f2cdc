import { describe, expect, it } from "vitest";
import type { Severity } from "../../core/finding.ts";
import type { Review, ReviewFinding, RuleOutcome } from "../review.ts";
import { type BriefOptions, renderBrief } from "./brief.ts";

interface Written {
  readonly line?: number;
  readonly file?: string;
  readonly severity?: Severity;
  readonly consequence?: ReviewFinding["consequence"];
  readonly fix?: string;
  readonly edit?: string;
}

function finding(code: string, { line = 3, file = "a.md", severity = "error", consequence, fix, edit }: Written = {}) {
  const at = {
    file,
    start: { line, column: 4, offset: line * 10 },
    end: { line, column: 7, offset: line * 10 + 3 },
  };
  const edits = edit === undefined ? undefined : [{ at, text: edit }];
  const made: ReviewFinding = {
    code,
    name: `n${code}`,
    severity,
    message: `${code} is wrong`,
    at,
    consequence,
    fix,
    edits,
  };
  return made;
}

function reviewOf(findings: readonly ReviewFinding[], parts: Partial<Review> = {}): Review {
  return { file: "a.md", findings, waived: [], outcomes: [], fromProse: false, ...parts };
}
const waiting = (n: number): readonly RuleOutcome[] =>
  Array.from({ length: n }, () => ({ code: "HP409", name: "x", outcome: "unknown" }));

const options: BriefOptions = {
  top: 2,
  paths: ["a.md"],
  width: 90,
  wrap: (line) => [line],
  textOf: () => "one\ntwo\nx: abc, z\nfour",
  paint: (_, text) => text,
  effectsOf: ({ findings }, first) => {
    const mended = findings.filter(({ edits }) => edits !== undefined).length;
    const left = findings.length - first.length;
    return { clears: new Map(), mended, cleared: first.length - mended, left };
  },
};
const brief = (reviews: readonly Review[], changes: Partial<BriefOptions> = {}): string[] =>
  renderBrief(reviews, { ...options, ...changes }).split("\n");

describe("a review at a glance", () => {
  it("breaks its first line at words where the window is narrower", () => {
    const parts = { draft: [2, 3, 4, 5, 6, 7] };
    const wrap = (line: string): readonly string[] => line.split(/(?<=\.) /u);
    const lines = brief([reviewOf([finding("HP301", { severity: "error" })], parts)], { wrap });
    expect(lines.slice(0, 2)).toEqual(["a.md (draft): 1 error.", "Not begun: 6 sections (2, 3, 4, 5, 6, 7)."]);
  });

  it("shows the gravest first under what would come of them, and counts the rest by step", () => {
    const lines = brief([
      reviewOf(
        [
          finding("HP501", { line: 4, severity: "warning", consequence: "blind" }),
          finding("HP301", { consequence: "false-figures", fix: "write the date\nand more", edit: "time" }),
          finding("HP302", { consequence: "false-figures", fix: "split by time", line: 4 }),
          finding("HP602", { consequence: "late" }),
          finding("HP601", { consequence: "late" }),
          finding("HP001", { severity: "advice" }),
        ],
        { outcomes: waiting(2) },
      ),
    ]);
    expect(lines).toEqual([
      "a.md: 4 errors, 1 warning, 1 piece of advice. These first:",
      "",
      "Every figure would be false",
      "  1  HP301 line 3  HP301 is wrong",
      "       x: abc, z",
      "          ^^^",
      "       write  x: time, z       --fix does it",
      "  2  HP302 line 4  HP302 is wrong",
      "       do     split by time",
      "",
      "Then 2 errors: HP601 HP602",
      "",
      "  step       -   1   2   3   4   5   6   7",
      "  errors     ·   ·   ·   2   ·   ·   2   ·",
      "  warnings   ·   ·   ·   ·   ·   1   ·   ·",
      "  advice     1   ·   ·   ·   ·   ·   ·   ·",
      "",
      "heptad check a.md --fix        mends 1 and clears 1 more: 4 would be left",
      "heptad check a.md --verbose    all 6, with reasons and places; 2 rules wait for facts",
      "heptad explain HP301           why it matters, what to write, the sources",
    ]);
  });

  it("counts what is found in files by the step that it is about: a note's own model is of step 4", () => {
    const steps = brief([reviewOf([finding("HP339"), finding("HP342"), finding("T4-own")])]).slice(-5);
    expect(steps.slice(0, 2)).toEqual([
      "  step       1   2   3   4   5   6   7",
      "  errors     ·   ·   1   2   ·   ·   ·",
    ]);
  });

  it("says the ways on in fewer words where the window is narrow", () => {
    const found = [finding("HP301", { consequence: "false-figures", edit: "time" }), finding("HP302")];
    const lines = brief([reviewOf(found, { outcomes: waiting(2) })], { width: 60 });
    expect(lines.slice(-3)).toEqual([
      "heptad check a.md --fix      mends 1, leaves 0",
      "heptad check a.md --verbose  all 2, and why",
      "heptad explain HP302         why it matters",
    ]);
  });

  it("has no rest to count where all are shown, and no mend to offer where nothing is mechanical", () => {
    const lines = brief([
      reviewOf([finding("HP701", { severity: "advice", consequence: "blind" })], { outcomes: waiting(1) }),
    ]);
    expect(lines).toEqual([
      "a.md: 1 piece of advice.",
      "",
      "Nobody would see it (advice)",
      "  1  HP701 line 3  HP701 is wrong",
      "       x: abc, z",
      "          ^^^",
      "",
      "heptad check a.md --verbose    all 1, with reasons and places; 1 rule waits for facts",
      "heptad explain HP701           why it matters, what to write, the sources",
    ]);
  });

  it("says what a mend clears too, and only that", () => {
    const fixable = finding("HP301", { edit: "time" });
    const other = finding("HP302");
    const effects = (left: number) => ({
      effectsOf: () => ({ clears: new Map([[fixable, ["HP302"]]]), mended: 1, cleared: 1 - left, left }),
    });
    const said = (left: number) => brief([reviewOf([fixable, other])], effects(left));
    expect(said(0).find((line) => line.includes("--fix "))).toContain("--fix does it, and clears HP302");
    expect(said(0).at(-3)).toBe("heptad check a.md --fix        mends 1 and clears 1 more: 0 would be left");
    expect(said(1).at(-3)).toBe("heptad check a.md --fix        mends 1: 1 would be left");
  });

  it("counts what a mend clears where the codes would fill the line", () => {
    const fixable = finding("HP301", { edit: "time" });
    const codes = ["HP302", "HP303", "HP304", "HP305"];
    const effectsOf = () => ({ clears: new Map([[fixable, codes]]), mended: 1, cleared: 0, left: 0 });
    const said = brief([reviewOf([fixable])], { effectsOf }).find((line) => line.includes("--fix does it"));
    expect(said).toContain("--fix does it, and clears 4 codes more");
  });

  it("says of a part of a review what it leaves out, and that mends are of the whole note", () => {
    const fixable = finding("HP301", { edit: "time" });
    const asideOf = (file: string): string => (file === "a.md" ? " (7 on other steps)" : "");
    expect(brief([reviewOf([])], { asideOf })).toEqual(["a.md    nothing to report (7 on other steps)"]);
    const lines = brief([reviewOf([fixable])], { asideOf });
    expect(lines[0]).toBe("a.md: 1 error (7 on other steps).");
    expect(lines.at(-3)).toMatch(/mends 1: 0 would be left in the whole note$/u);
  });

  it("gives a line to each quiet note, and a head to each of several notes with findings", () => {
    const quiet = reviewOf([], {
      file: "quiet-note.md",
      fromProse: true,
      waived: [{ finding: finding("HP301"), reason: "x" }],
    });
    const draft = reviewOf([], { file: "d.md", draft: [4, 5] });
    expect(brief([quiet, draft])).toEqual([
      "quiet-note.md    nothing to report, 1 waived, read from its prose",
      "d.md             nothing to report; section 4 comes next",
    ]);
    const two = [
      reviewOf([finding("HP301")]),
      reviewOf([finding("HP302", { file: "b.md", severity: "warning" })], { file: "b.md", fromProse: true }),
      quiet,
    ];
    const lines = brief(two, { paths: ["a.md", "my notes/b.md"] });
    expect(lines.slice(0, 5)).toEqual([
      "quiet-note.md    nothing to report, 1 waived, read from its prose",
      "",
      "a.md: 1 error",
      "b.md (no facts; read from its prose): 1 warning",
      "",
    ]);
    expect(lines).toContain("  1  HP301 a.md line 3  HP301 is wrong");
    expect(lines).toContain("Not read as it was meant (warnings)");
    expect(lines.at(-2)).toBe("heptad check a.md 'my notes/b.md' --verbose    all 2, with reasons and places");
    expect(brief(two, { top: 1 })[4]).toBe("These first:");
  });

  it("names the sections of a draft that are not begun", () => {
    expect(brief([reviewOf([finding("HP301")], { draft: [6, 7] })])[0]).toBe(
      "a.md (draft): 1 error. Not begun: 2 sections (6, 7).",
    );
    expect(brief([reviewOf([finding("HP301")], { draft: [] })])[0]).toBe("a.md (draft): 1 error.");
  });

  it("heads five of many notes and counts the others", () => {
    const many = (n: number) =>
      brief(
        Array.from({ length: n }, (_, i) => reviewOf([finding("HP301", { file: `${i}.md` })], { file: `${i}.md` })),
        { top: 99 },
      );
    expect(many(5).filter((line) => /^\d\.md: 1 error$/u.test(line))).toHaveLength(5);
    expect(many(5).join("\n")).not.toContain("more notes");
    expect(many(8)).toContain("and 3 more notes with findings");
    expect(many(8).filter((line) => /^\d+\.md: 1 error$/u.test(line))).toHaveLength(5);
  });

  it("closes up where a window of thirty lines would not hold it", () => {
    const shown = (n: number) => {
      const found = Array.from({ length: n }, (_, i) =>
        finding(`HP${300 + i}`, { consequence: i % 2 === 0 ? "late" : "harm" }),
      );
      return brief([reviewOf(found)], { top: 99 });
    };
    const gaps = (lines: readonly string[]) =>
      lines.filter((line, i) => line === "" && lines[i + 1]?.startsWith("It would"));
    expect(shown(20)).toHaveLength(30);
    expect(gaps(shown(20))).toHaveLength(2);
    expect(shown(21)).toHaveLength(30);
    expect(gaps(shown(21))).toHaveLength(1);
  });

  it("leaves out codes that a line would not hold", () => {
    const found = [...Array.from({ length: 9 }, (_, i) => finding(`HP30${i}`)), finding("HP308")];
    const then = (width: number) => brief([reviewOf(found)], { top: 1, width }).find((line) => line.startsWith("Then"));
    expect(then(40)).toBe("Then 9 errors: HP301 HP302 HP303 …");
    expect(then(80)).toBe("Then 9 errors: HP301 HP302 HP303 HP304 HP305 HP306 HP307 HP308");
  });

  it("writes a path so that a shell takes it for itself", () => {
    const command = (path: string): string => brief([reviewOf([finding("HP301")])], { paths: [path] }).at(-2) ?? "";
    expect(command("~/a-b_c.md")).toContain("heptad check ~/a-b_c.md --verbose");
    expect(command("it's.md")).toContain(String.raw`heptad check 'it'\''s.md' --verbose`);
    expect(command("a\nb'c\\d.md")).toContain(String.raw`heptad check $'a\x0ab\'c\\d.md' --verbose`);
  });
});
