import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { mendYaml } from "./yaml-mend.ts";

/** What is said of the first complaint of the reader, with the stretch that is marked. */
function complaint(source: string): string {
  const document = parseDocument(source);
  const [error] = document.errors;
  const isText = typeof document.toJS() === "string";
  if (error === undefined && !isText) return "nothing";
  const { message, fix, from, to } =
    error === undefined
      ? mendYaml("NOT_A_MAP", "facts are no map", source, [0, source.length])
      : mendYaml(error.code, error.message, source, error.pos);
  return `${message} [${source.slice(from, to)}] ${fix}`;
}

describe("what the YAML reader did not understand", () => {
  it.each([
    [
      "alert: { metric: psi, alert: > 0.2 }\n",
      'a value that begins with `>` is read as folded text [> 0.2] put the condition in quotes: `"> 0.2"`',
    ],
    ["users:\n\tdaily: 2M\n", "YAML is not indented with tabs [\t] indent with spaces"],
    ["users:\n  \t\tdaily: 2M\n", "YAML is not indented with tabs [\t\t] indent with spaces"],
    ["goal:watch more\n", "there is no space after the colon [goal:] write `goal: watch more`"],
    ['goal: "watch more\nusers: 3\n', 'the " that begins here is not closed ["watch more] add " where it ends'],
    ["stages: [a, b\nusers: 3\n", "the [ that begins here is not closed [[a, b] add ] where it ends"],
    ["users: { daily: 2M\nitems: 3\n", "the { that begins here is not closed [{ daily: 2M] add } where it ends"],
    // A bracket that was closed again is not the one.
    [
      "a: [1, { b: [2], c: 3 }\nd: 4\n",
      "the [ that begins here is not closed [[1, { b: [2], c: 3 }] add ] where it ends",
    ],
  ])("is said of %j", (source, words) => {
    expect(complaint(source)).toBe(words);
  });

  it("is told by the reader's own code where the line says no more", () => {
    expect(complaint("- a\n- b: c: d\n")).toContain("`: ` begins a value, and this line has two");
    expect(complaint("a: 1\n  b: 2\n")).not.toBe("nothing");
    expect(complaint("a: 1\n---\nb: 2\n")).toContain("a line of `---` or `...` ends the facts here");
    expect(complaint('a: "\\q"\n')).toContain("this escape is not known");
    expect(complaint("a: @b\n")).toContain("text cannot begin with this character");
  });

  it("is nothing where all is understood, apostrophes and closed brackets included", () => {
    expect(complaint("goal: the user's own [list] of { things }\nstages: [a, b]\n")).toBe("nothing");
  });
});
