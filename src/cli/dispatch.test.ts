import { describe, expect, it } from "vitest";
import { dispatch } from "./dispatch.ts";

async function said(name: string, ...args: string[]): Promise<{ code: number; out: string; note: string }> {
  const [out, note]: [string[], string[]] = [[], []];
  const code = await dispatch(name, args, {
    stdin: {},
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => note.push(text) },
    env: {},
  });
  return { code, out: out.join(""), note: note.join("") };
}

describe("a command that was called wrongly", () => {
  it.each([
    ["run", ["--jsno", "--json"], "wrong-usage", "unknown option '--jsno' (Did you mean --json?)"],
    ["run", ["n.md", "--set", "4.x=1", "--json"], "wrong-usage", "unknown option '--set'"],
    ["estimate", ["--json"], "wrong-usage", "missing required argument 'DESIGN|EXPRESSION'"],
    ["chekc", ["--json"], "unknown-command", "there is no command `chekc`"],
  ])("tells a program so in its own form: %s %j", async (name, args, code, message) => {
    const { code: exit, out } = await said(name, ...args);
    expect(JSON.parse(out).failure).toMatchObject({ code, message });
    expect(exit).toBe(2);
  });

  it("tells a person in words, with what to look at next", async () => {
    expect(await said("run", "--jsno")).toEqual({
      code: 2,
      out: "",
      note: "error: unknown option '--jsno'\n(Did you mean --json?)\nheptad run --help shows what it takes\n",
    });
  });

  it("names what does it where the option is another command's, and none whose letters are near", async () => {
    for (const option of ["--set", "--set=4.stages.candidates.factors=8"]) {
      const { code, note } = await said("run", "n.md", option, "4.stages.candidates.factors=8");
      expect(code).toBe(2);
      expect(note).toMatch(
        /^error: unknown option '--set'\na run takes its facts from the note.*heptad sweep NOTE\.md --set/u,
      );
      expect(note).not.toContain("--seed");
    }
  });

  it("loses no sign of what it is given: `5-3` was -3, and a note `x-1.md` was looked for as `-1.md`", async () => {
    for (const [expression, value] of [
      ["5-3", "5 - 3 = 2"],
      ["1-0.5", "1 - 0.5 = 0.5"],
      ["-3 GB", "-3 GB"],
      [" -3 GB", "-3 GB"],
      ["-(2-3)", "-(2 - 3) = 1"],
    ])
      expect((await said("estimate", expression)).out.trim(), expression).toBe(value);
    expect((await said("estimate", "--set", "x=-2", "x-1")).out).toContain("= -3");
    expect((await said("check", "x-1.md")).note).toContain("x-1.md");
  });

  it("shows the help of a command where it is asked for, though JSON was asked for too", async () => {
    const { code, out } = await said("estimate", "--json", "--help");
    expect(out).toContain("Usage: heptad estimate");
    expect(code).toBe(0);
  });
});
