import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellWord } from "./shell-word.ts";

describe("a path in a command that is printed", () => {
  it("stands as it is where a shell reads it as one word", () => {
    for (const path of ["designs/plays.md", "~/a-b_c.md", "../x.csv"]) expect(shellWord(path)).toBe(path);
  });

  it("is the same path again once a shell has read it", () => {
    for (const path of [
      "Käufe 2025.md",
      "it's.md",
      "a$b;c.md",
      "two\nlines.md",
      "back\\slash's\t.md",
      "ratings[1].csv",
    ])
      expect(execFileSync("bash", ["-c", `printf %s ${shellWord(path)}`], { encoding: "utf8" })).toBe(path);
  });
});
