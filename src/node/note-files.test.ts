import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { findNotes } from "./note-files.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, "designs", "bad"), { recursive: true });
  for (const name of ["designs/good.md", "designs/bad/flawed.md"]) writeFileSync(join(folder, name), "");
});

describe("the notes that paths mean", () => {
  const find = (...paths: string[]) => findNotes(paths, ["designs/bad/**"], folder).files;

  it("leave out what is ignored, unless it is named as a file or as a folder", () => {
    expect(find("designs")).toEqual(["designs/good.md"]);
    expect(find("designs/bad/flawed.md")).toEqual(["designs/bad/flawed.md"]);
    expect(find("designs/bad")).toEqual(["designs/bad/flawed.md"]);
  });

  it("leave out the reports of runs, wherever they lie, unless one is named", () => {
    const run = join(folder, "designs", "runs", "good", "0123456789ab");
    mkdirSync(run, { recursive: true });
    for (const name of ["run.json", "report.md"]) writeFileSync(join(run, name), "");
    expect(find("designs")).toEqual(["designs/good.md"]);
    const report = "designs/runs/good/0123456789ab/report.md";
    expect(find(report)).toEqual([report]);
  });

  it("are met by a glob from wherever one stands, be it within the folder that it names", () => {
    const designs = join(folder, "designs");
    const from = (cwd: string, ...paths: string[]) => findNotes(paths, ["designs/bad/**"], cwd, folder).files;
    expect(from(designs, "../designs/**/*.md")).toEqual(["good.md"]);
    expect(from(join(designs, "bad"), "../../designs/*.md")).toEqual(["../good.md"]);
    for (const glob of ["designs/*.md", "./designs/*.md", "{designs,other}/*.md", "**/*.md", join(designs, "*.md")])
      expect(from(folder, glob), glob).toEqual(["designs/good.md"]);
    expect(() => from(designs, "*.txt")).toThrow("no Markdown file matches `*.txt`");
    expect(() => from(designs, "../elsewhere/*.md")).toThrow("no Markdown file matches");
  });

  it("refuse a path that is not there", () => {
    expect(() => find("nowhere.md")).toThrow("there is no `nowhere.md`");
  });
});
