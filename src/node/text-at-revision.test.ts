import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { commitsOf, textAtCommit, textAtRevision } from "./text-at-revision.ts";

describe("a revision that git does not know", () => {
  it.each([
    [undefined, "HEAD~99", /such as main$/u],
    ["--since", "--since", /such as --since main$/u],
  ])("is named with the flag %s that it was given with", (flag, where, fix) => {
    let thrown: unknown;
    try {
      textAtRevision(join(temporaryFolder(), "note.md"), "HEAD~99", flag);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { where, fix: expect.stringMatching(fix) } });
  });
});

describe("a file that had another name", () => {
  const folder = temporaryFolder();
  const git = (...words: string[]) =>
    spawnSync("git", ["-c", "user.name=A", "-c", "user.email=a@b", ...words], { cwd: folder, encoding: "utf8" });
  const file = (name: string): string => join(folder, name);
  const lines = (what: string): string => Array.from({ length: 40 }, (_, i) => `${what} ${i}\n`).join("");
  const commit = (subject: string): void => {
    git("add", "-A");
    git("commit", "-qm", subject);
  };
  git("init", "-q");
  writeFileSync(file("old.md"), lines("first"));
  commit("begin");
  writeFileSync(file("old.md"), `${lines("first")}second\n`);
  commit("change");
  git("mv", "old.md", "new.md");
  commit("rename");
  writeFileSync(file("new.md"), `${lines("first")}second\nthird\n`);
  writeFileSync(file("copy.md"), `${lines("first")}second\n`);
  commit("copy");

  it("is read under the name that it had, and is not there before it was made", () => {
    expect(textAtRevision(file("new.md"), "HEAD")).toMatch(/third/u);
    expect(textAtRevision(file("new.md"), "HEAD~2")).toMatch(/first 39\nsecond\n$/u);
    expect(textAtRevision(file("new.md"), "HEAD~3")).toMatch(/first 39\n$/u);
    expect(textAtRevision(file("copy.md"), "HEAD~1")).toBeUndefined();
  });

  it("has its commits newest first with the path of each, and a copy begins where it was made", () => {
    expect(commitsOf(file("new.md"), 9).map(({ subject, path }) => [subject, path])).toEqual([
      ["copy", "new.md"],
      ["rename", "new.md"],
      ["change", "old.md"],
      ["begin", "old.md"],
    ]);
    expect(commitsOf(file("new.md"), 2).map(({ subject }) => subject)).toEqual(["copy", "rename"]);
    expect(commitsOf(file("copy.md"), 9).map(({ subject }) => subject)).toEqual(["copy"]);
    const [, , change] = commitsOf(file("new.md"), 9);
    expect(textAtCommit(file("new.md"), change.commit, change.path)).toMatch(/second\n$/u);
  });
});
