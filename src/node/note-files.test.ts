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

  it("refuse a path that is not there", () => {
    expect(() => find("nowhere.md")).toThrow("there is no `nowhere.md`");
  });
});
