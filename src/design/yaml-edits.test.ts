import { describe, expect, it } from "vitest";
import { readYaml } from "./yaml-tree.ts";

function mended(source: string): string {
  const span = { file: "a.md", start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
  const { root, problems } = readYaml({ source, offset: 100, span });
  if (root !== undefined) return "read";
  const edits = problems.flatMap((one) => one.edits ?? []).toSorted((a, b) => b.start - a.start);
  if (edits.length === 0) return "by hand";
  return edits.reduce(
    (text, { start, end, text: put }) => text.slice(0, start - 100) + put + text.slice(end - 100),
    source,
  );
}

describe("a block that cannot be read", () => {
  it.each([
    ["a space after the colon", "users: { daily: 2M }\ngoal:watch more\n", "users: { daily: 2M }\ngoal: watch more\n"],
    ["a block of one line", "goal:watch more\n", "goal: watch more\n"],
    ["a condition in quotes", "a: { metric: psi, alert: > 0.2 }\n", 'a: { metric: psi, alert: "> 0.2" }\n'],
    [
      "spaces for tabs, in all of it",
      "users:\n\tdaily: 2M\n\tat:\n\t\tnight: 1\n",
      "users:\n  daily: 2M\n  at:\n    night: 1\n",
    ],
    ["a brace at the end of its line", "users: { daily: 2M\nitems: 3\n", "users: { daily: 2M }\nitems: 3\n"],
    ["a bracket at the end of the block", "items: 3\nstages: [a, b", "items: 3\nstages: [a, b]"],
    ["a quote at the end of its line", 'goal: "watch more\nitems: 3\n', 'goal: "watch more"\nitems: 3\n'],
    ["the first of two, the other stands further down", "a:b\nitems: 3\nc:d\n", "a: b\nitems: 3\nc:d\n"],
  ])("is mended by one edit: %s", (_, source, after) => {
    expect(mended(source)).toBe(after);
  });

  it.each([
    ["a second colon: text, or a map", "goal: this: that\n"],
    ["a quote within a list, closed anywhere", 'a: { b: "x, c: 2 }\nitems: 3\n'],
    ["a list that goes on", "stages: [a, b,\nitems: 3\n"],
    ["two that are open", "stages: [a, { b: 1\nitems: 3\n"],
    ["what a comment may have swallowed", "users: { daily: 2M # growing }\nitems: 3\n"],
    ["a tab above which nothing is nested", "goal: x\n\tusers: 3\n"],
  ])("is left to whoever wrote it where more than one text could be meant: %s", (_, source) => {
    expect(mended(source)).toBe("by hand");
  });
});
