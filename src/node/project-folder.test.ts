import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { cacheLimit, ignoreInGit, projectRoot, runsFolder } from "./project-folder.ts";

let root = "";
beforeEach(() => {
  root = temporaryFolder();
});

describe("a project's folder", () => {
  it("keeps runs of a note called `...md` inside runs, and of every other name too", () => {
    for (const name of ["...md", ".md", "..", "....md", "a.md", "a\nb.md", "CON:.md", "x/...md", "y\\z.md"])
      expect(dirname(runsFolder(root, name)), name).toBe(join(root, "runs"));
    expect(runsFolder(root, "designs/feed.md")).toBe(join(root, "runs", "feed"));
    expect(runsFolder(root, "designs\\feed.md")).toBe(join(root, "runs", "feed"));
  });

  it("keeps runs of notes of one name apart by their folders, from wherever they are named", () => {
    mkdirSync(join(root, "designs", "bad"), { recursive: true });
    for (const path of ["designs/feed.md", "designs/bad/feed.md"]) writeFileSync(join(root, path), "");
    expect(runsFolder(root, "designs/bad/feed.md")).toBe(join(root, "runs", "bad--feed"));
    expect(runsFolder(root, join(root, "designs", "bad", "feed.md"))).toBe(join(root, "runs", "bad--feed"));
    expect(runsFolder(root, join(root, "designs", "feed.md"))).toBe(join(root, "runs", "feed"));
    expect(runsFolder(root, "notes/feed.md")).toBe(join(root, "runs", "notes--feed"));
    expect(runsFolder(root, "/elsewhere/feed.md")).toBe(join(root, "runs", "feed"));
  });

  it("is the one above `designs` where there is no repository: runs of a first note lay among the designs", () => {
    for (const folder of ["designs", "notes"]) mkdirSync(join(root, folder));
    expect(projectRoot(join(root, "designs", "feed.md"))).toBe(root);
    expect(projectRoot(join(root, "notes", "feed.md"))).toBe(join(root, "notes"));
    expect(runsFolder(root, join(root, "designs", "feed.md"))).toBe(join(root, "runs", "feed"));
    writeFileSync(join(root, "notes", "heptad.yaml"), "");
    mkdirSync(join(root, "notes", "designs"));
    expect(projectRoot(join(root, "notes", "designs", "feed.md"))).toBe(join(root, "notes"));
  });

  it("is that of the folder itself, and of the run that lies in its `runs`: what a project above has kept was removed", () => {
    const above = temporaryFolder();
    const here = join(above, "here");
    for (const folder of [above, here]) {
      mkdirSync(join(folder, ".heptad", "cache"), { recursive: true });
      mkdirSync(join(folder, "runs", "feed", "1a2b"), { recursive: true });
    }
    for (const path of [
      here,
      join(here, "feed.md"),
      join(here, "runs", "feed", "1a2b"),
      join(here, "runs", "feed", "1a2b", "run.json"),
    ])
      expect(projectRoot(path), path).toBe(here);
    expect(projectRoot(join(here, "designs", "feed.md"))).toBe(here);
  });

  it("is left alone by git, unless the user has written an ignore file of their own", () => {
    const [ours, theirs] = ["a", "b"].map((name) => join(root, name));
    mkdirSync(ours);
    mkdirSync(theirs);
    writeFileSync(join(theirs, ".gitignore"), "mine\n");
    for (const folder of [ours, theirs]) ignoreInGit(folder);
    expect(readFileSync(join(ours, ".gitignore"), "utf8")).toMatch(/^\*$/mu);
    expect(readFileSync(join(theirs, ".gitignore"), "utf8")).toBe("mine\n");
    expect(existsSync(join(root, ".gitignore"))).toBe(false);
  });

  it("keeps as much as heptad.yaml says, one gigabyte where it says nothing, and refuses what is no size", () => {
    expect(cacheLimit(root)).toBe(1e9);
    const settings = join(root, "heptad.yaml");
    writeFileSync(settings, "review: {}\n");
    expect(cacheLimit(root)).toBe(1e9);
    writeFileSync(settings, "cache: { limit: 250 MB }\n");
    expect(cacheLimit(root)).toBe(250e6);
    for (const wrong of ["3 s", "0 GB", "[]", "12"]) {
      writeFileSync(settings, `cache: { limit: ${wrong} }\n`);
      expect(() => cacheLimit(root), wrong).toThrow(/no size|a size such as/u);
    }
  });
});
