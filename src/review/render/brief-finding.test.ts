import { describe, expect, it } from "vitest";
import type { ReviewFinding } from "../review.ts";
import { type FirstOptions, renderFirst } from "./brief-finding.ts";

const span = (line: number, from: number, to: number, endLine = line) => ({
  file: "notes/a.md",
  start: { line, column: from, offset: 0 },
  end: { line: endLine, column: to, offset: 0 },
});
const base: ReviewFinding = {
  code: "HP301",
  name: "random-split",
  severity: "error",
  message: "the split is random",
  at: span(1, 13, 19),
};
const LINES = ["split: { by: random, gap: 7 d }", "second line"];

function shownOf(
  changes: Partial<ReviewFinding>,
  { lines = LINES, width = 80, ...own }: Partial<FirstOptions> & { lines?: readonly string[]; width?: number } = {},
): string[] {
  const given = { number: 1, showsLine: false, isWhole: false, namesFile: false, clears: [], ...own };
  return renderFirst({ ...base, ...changes }, given, lines, { width, paint: (_, text) => text });
}

describe("one finding of a brief review", () => {
  it("names its line, and its file among several", () => {
    expect(shownOf({})).toEqual(["  1  HP301 line 1  the split is random"]);
    expect(shownOf({}, { namesFile: true, number: 7 })).toEqual(["  7  HP301 notes/a.md line 1  the split is random"]);
  });

  it("marks its place in the line of the first, with the label where there is room", () => {
    expect(shownOf({ label: "rows are shuffled" }, { showsLine: true }).slice(1)).toEqual([
      "       split: { by: random, gap: 7 d }",
      "                   ^^^^^^ rows are shuffled",
    ]);
    expect(shownOf({ label: "rows are shuffled" }, { showsLine: true, width: 52 }).at(-1)).toBe(
      "                   ^^^^^^ rows are shuffled",
    );
    expect(shownOf({ label: "rows are shuffled" }, { showsLine: true, width: 44 }).at(-1)).toBe(
      "                   ^^^^^^",
    );
  });

  it("marks to the end of the line what goes on to the next, and one sign of what is empty", () => {
    expect(shownOf({ at: span(1, 8, 3, 2) }, { showsLine: true }).at(-1)).toBe(`              ${"^".repeat(24)}`);
    expect(shownOf({ at: span(1, 8, 8) }, { showsLine: true }).at(-1)).toBe("              ^");
    expect(shownOf({ at: span(9, 1, 2) }, { showsLine: true }).slice(1)).toEqual(["       ", "       ^"]);
  });

  it("shows no line of what is missing, which has none", () => {
    const lines = ["---", "title: A"];
    expect(shownOf({ at: span(1, 1, 2), label: "no `rollback` here" }, { showsLine: true, lines })).toHaveLength(1);
    expect(shownOf({ at: span(2, 1, 2) }, { showsLine: true, lines })).toHaveLength(3);
  });

  it("says all of what to write where there is room, and what fits a line where there is none", () => {
    const fix = "write `rollback: { kind: automatic, within: 5 min }` and rehearse it once a quarter";
    expect(shownOf({ fix }, { width: 60 }).slice(1)).toEqual([
      "       write  `rollback: { kind: automatic, within: 5 min }`",
      "              …",
    ]);
    expect(shownOf({ fix }, { width: 70 }).slice(1)).toEqual([
      "       write  `rollback: { kind: automatic, within: 5 min }` and …",
    ]);
    expect(shownOf({ fix }, { width: 60, isWhole: true }).slice(1)).toEqual([
      "       write  `rollback: { kind: automatic, within: 5 min }`",
      "              and rehearse it once a quarter",
    ]);
  });

  it("cuts a long line around its place", () => {
    const long = `${"a".repeat(50)}HERE${"b".repeat(50)}`;
    const cut = shownOf({ at: span(1, 51, 55) }, { showsLine: true, lines: [long], width: 49 }).slice(1);
    expect(cut).toEqual([`       ${"a".repeat(12)}HERE${"b".repeat(24)}`, `       ${" ".repeat(12)}^^^^`]);
    const end = shownOf({ at: span(1, 101, 105) }, { showsLine: true, lines: [long], width: 49 }).slice(1);
    expect(end[0]).toBe(`       ${long.slice(-40)}`);
    expect(end[1]).toBe(`       ${" ".repeat(36)}^^^^`);
    const wide = shownOf({ at: span(1, 51, 105) }, { showsLine: true, lines: [long], width: 49 }).slice(1);
    expect(wide[1]).toBe(`       ${" ".repeat(12)}${"^".repeat(28)}`);
  });

  it("writes the line as its mend would make it, else what to do in one line", () => {
    expect(shownOf({ fix: "split by time" }).slice(1)).toEqual(["       do     split by time"]);
    expect(shownOf({ fix: "write `by: time`" }).slice(1)).toEqual(["       write  `by: time`"]);
    expect(shownOf({ fix: "paste this\nand this" }).slice(1)).toEqual(["       do     paste this …"]);
    const edit = (text: string, at = span(1, 14, 20)) => ({ edits: [{ at, text }] });
    expect(shownOf(edit("time")).slice(1)).toEqual(["       write  split: { by: time, gap: 7 d }       --fix does it"]);
    expect(shownOf({ ...edit("time"), fix: "split by time" }, { clears: ["HP302", "HP303"] }).slice(1)).toEqual([
      "       write  split: { by: time, … }       --fix does it, and clears HP302, HP303",
    ]);
    expect(shownOf({ edits: [...edit("a").edits, ...edit("b").edits], fix: "do both" }).slice(1)).toEqual([
      "       do     do both       --fix does it",
    ]);
    expect(shownOf({ edits: [...edit("a").edits, ...edit("b").edits] }).slice(1)).toEqual(["       --fix does it"]);
    expect(shownOf(edit("a: 1\nb: 2")).slice(1)).toEqual(["       --fix does it"]);
    expect(shownOf(edit(" key: value ", span(1, 1, 1, 2))).slice(1)).toEqual([
      "       write  key: value       --fix does it",
    ]);
  });

  it("leaves the middle of a long line out before what is written into its braces", () => {
    const line = `split: { ${"x: 1, ".repeat(20)}by: random }`;
    const from = line.indexOf(" }") + 1;
    const shown = shownOf({ edits: [{ at: span(1, from, from), text: ", gap: 7 d" }] }, { lines: [line] })[1];
    expect(shown).toBe("       write  split: { …, gap: 7 d }       --fix does it");
  });

  it("leaves out whole entries, and takes a line of its own rather than tear what is written", () => {
    const line = "split: { by: random, train: 70 d, test: 14 d, gap: 7 d, seed: 1 }";
    const edit = (word: string, text: string) => {
      const from = line.indexOf(word) + 1;
      return { edits: [{ at: span(1, from, from + word.length), text }] };
    };
    const writes = (word: string, text: string, width: number) =>
      shownOf(edit(word, text), { lines: [line], width }).slice(1);
    expect(writes("random", "time", 60)).toEqual(["       write  split: { by: time, … }       --fix does it"]);
    expect(writes("14 d", "28 d", 60)).toEqual(["       write  split: { …, test: 28 d, … }", "       --fix does it"]);
    expect(writes("seed: 1", "seed: 2", 60)).toEqual(["       write  split: { …, seed: 2 }       --fix does it"]);
    const long = `random, groups: [${"member, ".repeat(8)}item]`;
    expect(writes("random", long, 60)).toEqual(["       --fix does it"]);
    // A comma within a list or a text ends no entry.
    const lists = 'offline: { metrics: [ndcg@10, recall@10, coverage@10], names: ["a, b", c], at: 100 }';
    const from = lists.indexOf("recall@10") + 1;
    const inside = { edits: [{ at: span(1, from, from + 9), text: "recall@20" }], fix: "write `recall@20`" };
    expect(shownOf(inside, { lines: [lists], width: 60 }).slice(1)).toEqual([
      "       write  `recall@20`       --fix does it",
    ]);
  });

  it("keeps two lines of a long message, and shows what a terminal would obey as a sign", () => {
    const message = "word ".repeat(60).trim();
    const lines = shownOf({ message }, { width: 60 });
    expect(lines).toHaveLength(2);
    expect(lines[0].length).toBeLessThanOrEqual(60);
    expect(lines[1].startsWith("       word word")).toBe(true);
    expect(lines[1].endsWith("…")).toBe(true);
    expect(lines[1].length).toBeLessThanOrEqual(60);
    const two = shownOf({ message: "word ".repeat(18).trim() }, { width: 60 });
    expect(two).toHaveLength(2);
    expect(two[1].endsWith("word")).toBe(true);
    expect(two.join(" ").match(/word/gu)).toHaveLength(18);
    // Behind two signs of the number's columns the first line has room for 55 signs, the second for 53.
    const [full, behind] = ["a".repeat(55 - "HP301 line 1  ".length), "b".repeat(53)];
    expect(shownOf({ message: `${full} ${behind}` }, { width: 60 })).toEqual([
      `  1  HP301 line 1  ${full}`,
      `       ${behind}`,
    ]);
    expect(shownOf({ message: "a\tb\u001b[2J" })[0]).toBe("  1  HP301 line 1  a b�[2J");
  });
});
