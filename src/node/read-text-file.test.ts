import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { createInputFiles } from "./input-files.ts";
import { readTextFile } from "./read-text-file.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "note.md");
});

function codeOf(read: () => unknown): string {
  try {
    read();
    return "none";
  } catch (error) {
    return error instanceof FailureError ? error.failure.code : String(error);
  }
}

describe("text that a person wrote", () => {
  it("comes as it is, the mark of byte order and line ends included", () => {
    writeFileSync(path, "\uFEFFa\r\nü");
    expect(readTextFile(path)).toBe("\uFEFFa\r\nü");
  });

  it("is refused in another encoding, with the line, where it used to turn into U+FFFD", () => {
    writeFileSync(path, Buffer.from("one\ntwo\ncaf\xe9\n", "latin1"));
    expect(() => readTextFile(path)).toThrow(/line 3/u);
    writeFileSync(path, Buffer.from("\uFEFFabc", "utf16le"));
    expect(() => readTextFile(path)).toThrow(/UTF-16/u);
    writeFileSync(path, Buffer.from("\uFEFFabc", "utf16le").swap16());
    expect(() => readTextFile(path)).toThrow(/UTF-16/u);
    // Half a mark is a letter of another encoding.
    for (const letters of ["\xff\xff", "\xfe\xfe", "a\xfe", "\xffb"]) {
      writeFileSync(path, Buffer.from(letters, "latin1"));
      expect(() => readTextFile(path)).toThrow(/line 1 holds a byte/u);
    }
  });

  it.skipIf(process.platform === "win32")("never waits for a pipe and never ends up in a device", async () => {
    const pipe = join(folder, "pipe");
    spawnSync("mkfifo", [pipe]);
    expect(codeOf(() => readTextFile(pipe))).toBe("not-a-file");
    for (const device of ["/dev/zero", "/dev/urandom"]) expect(codeOf(() => readTextFile(device))).toBe("not-a-file");
    expect(codeOf(() => readTextFile(folder))).toBe("not-a-file");
    const files = createInputFiles();
    for (const one of [pipe, "/dev/zero"]) {
      await expect(files.head(one, 10)).rejects.toThrow(/not a file/u);
      await expect(files.size(one)).rejects.toThrow(/not a file/u);
      await expect(files.fingerprint([one])).rejects.toThrow(/not a file/u);
    }
  });

  it("is refused by its size before it is read", () => {
    writeFileSync(path, "");
    truncateSync(path, 3e9);
    expect(codeOf(() => readTextFile(path))).toBe("too-large");
  });

  it("says what is missing", () => {
    expect(codeOf(() => readTextFile(path))).toBe("no-such-file");
    writeFileSync(path, "");
    expect(codeOf(() => readTextFile(join(path, "below")))).toBe("no-such-file");
  });
});

describe.skipIf(process.platform === "win32")("a file that is written anew", () => {
  it("keeps its rights: 600 became 644", () => {
    writeFileSync(path, "old");
    chmodSync(path, 0o600);
    writeFileAtomically(path, "new");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("stays a symbolic link, and what it leads to changes", () => {
    mkdirSync(join(folder, "real"));
    writeFileSync(join(folder, "real", "note.md"), "old");
    symlinkSync(join("real", "note.md"), path);
    writeFileAtomically(path, "new");
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real", "note.md"), "utf8")).toBe("new");
  });
});
