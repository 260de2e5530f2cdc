import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { failureOf } from "../core/failure-of.ts";
import { FailureError } from "../core/outcome.ts";
import { guardOutput } from "./guard-output.ts";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("a failure of the system", () => {
  it("is one sentence with the place and a way out", () => {
    const folder = temporaryFolder();
    const file = join(folder, "file");
    writeFileSync(file, "");
    const cases: readonly [error: unknown, code: string, where: string, message: string, wayOut: string][] = [
      [
        thrownBy(() => readFileSync(folder)),
        "eisdir",
        "",
        "a folder stands where a file is due",
        "move the folder away",
      ],
      [
        thrownBy(() => readFileSync(join(folder, "none"))),
        "enoent",
        join(folder, "none"),
        "no such file",
        "check the path",
      ],
      [thrownBy(() => mkdirSync(join(file, "sub"))), "enotdir", join(file, "sub"), "is a file", "move the file away"],
      [
        Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", path: "/a" }),
        "enospc",
        "/a",
        "no space is left",
        "make room",
      ],
      [
        Object.assign(new Error("EROFS"), { code: "EROFS", path: "/a", dest: "/b" }),
        "erofs",
        "/a → /b",
        "read-only",
        "work on a copy",
      ],
      [
        Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "mkdir", path: "/a/.heptad" }),
        "eacces",
        "/a/.heptad",
        "the folder cannot be made: the system does not allow it",
        "work on a copy",
      ],
      [
        Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "open", path: "/a/.note.md.4711.3dd1d0d7.tmp" }),
        "eacces",
        "/a/note.md",
        "the file cannot be written: the system does not allow it",
        "give yourself the right",
      ],
      [
        Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: ".x.4711.3dd1d0d7.tmp", dest: "x" }),
        "enospc",
        "x",
        "the file cannot be written: no space is left",
        "make room",
      ],
      [thrownBy(() => new Float64Array(2 ** 40)), "out-of-memory", "", "not enough memory", "less data at a time"],
    ];
    for (const [error, code, where, message, wayOut] of cases) {
      const failure = failureOf(error);
      expect(failure.code).toBe(code);
      expect(failure.where ?? "").toBe(where);
      expect(failure.message).not.toMatch(/\n|E[A-Z]{4,}/u);
      expect(failure.message).toContain(message);
      expect(failure.fix).toContain(wayOut);
    }
  });

  it("that somebody foresaw stays as it was said", () => {
    const failure = { code: "missing-column", message: "there is no column `a`", fix: "name another" };
    expect(failureOf(new FailureError(failure))).toEqual(failure);
  });

  it("that nobody foresaw is called a fault of the program, on one line, without the folders above it", () => {
    const failure = failureOf(new TypeError("x is undefined\nsecond line"));
    expect(failure).toMatchObject({ code: "internal", message: expect.stringContaining("TypeError: x is undefined") });
    expect(failure.message).not.toContain("second line");
    expect(failure.where).toMatch(/at .*\(?src\/cli\/failure-of\.test\.ts/u);
    expect(failureOf(undefined).code).toBe("internal");
  });
});

describe("output that cannot be written", () => {
  it("ends quietly where the reader has gone, and says so with 2 where the disk is full", () => {
    const exits: number[] = [];
    const said: string[] = [];
    let fail: (error: NodeJS.ErrnoException) => void = () => undefined;
    guardOutput({
      stdout: { on: (_, listener) => (fail = listener) },
      stderr: { on: () => undefined, write: (text) => said.push(text) },
      exit: (code) => void exits.push(code),
    });
    fail(Object.assign(new Error("EPIPE"), { code: "EPIPE" }));
    fail(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }));
    expect(exits).toEqual([0, 2]);
    expect(said.join("")).toMatch(/^error\[unwritable-output\].*no space.*\n {2}fix: .*\n$/u);
  });
});
