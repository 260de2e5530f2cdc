import { posix, win32 } from "node:path";
import { describe, expect, it } from "vitest";
import { isWithin, pathFromHere } from "./project-path.ts";

describe("a path of the project", () => {
  it.each([
    [win32, "C:\\work", "C:\\work\\designs\\a.md", true],
    [win32, "C:\\work", "C:\\work", true],
    [win32, "C:\\work", "C:\\work\\..a\\b.md", true],
    [win32, "C:\\work", "C:\\other\\a.md", false],
    [win32, "C:\\work", "C:\\workshop\\a.md", false],
    // Between drives there is no relative way: it is the whole path.
    [win32, "C:\\work", "D:\\secret\\a.md", false],
    [win32, "C:\\work", "\\\\server\\share\\a.md", false],
    [posix, "/work", "/work/designs/a.md", true],
    [posix, "/work", "/workshop/a.md", false],
    [posix, "/work", "/", false],
  ])("is told from one outside on every system: %#", (on, folder, path, isIn) => {
    expect(isWithin(folder, path, on)).toBe(isIn);
  });

  it("is shown with slashes from where the program was started", () => {
    expect(pathFromHere("designs/a.md")).toBe("designs/a.md");
    expect(pathFromHere("/x/y/designs/a.md", "/x/y")).toBe("designs/a.md");
  });
});
