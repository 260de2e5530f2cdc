import { readdirSync, readFileSync, realpathSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import {
  createFileAtomically,
  removeLeftBehind,
  renamePatiently,
  writeAndFlushInSlices,
  writeFileAtomically,
} from "./atomic-write.ts";

/** Bytes that the disk still takes, whether it knows hard links, and how many renames fail as long as somebody reads the target. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, links: true, readers: 0, protected: "" }));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return {
    ...real,
    writeSync: (file: number, bytes: Uint8Array, at = 0, length = bytes.length - at): number => {
      if (disk.room <= 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      const count = Math.min(length, disk.room);
      disk.room -= count;
      return real.writeSync(file, bytes, at, count);
    },
    // The root of a container may write everything: what is protected is told here.
    accessSync: (path: string, mode: number): void => {
      if (path === disk.protected && mode === real.constants.W_OK)
        throw Object.assign(new Error("EACCES: permission denied, access"), {
          code: "EACCES",
          syscall: "access",
          path,
        });
      real.accessSync(path, mode);
    },
    renameSync: (from: string, to: string): void => {
      if (disk.readers-- > 0)
        throw Object.assign(new Error("EPERM: operation not permitted, rename"), { code: "EPERM" });
      real.renameSync(from, to);
    },
    linkSync: (from: string, to: string): void => {
      if (!disk.links) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
      real.linkSync(from, to);
    },
  };
});
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  disk.links = true;
  disk.readers = 0;
  disk.protected = "";
});

describe("what a killed process has left behind", () => {
  it("is removed by the next write into the folder, and nothing else is", () => {
    const folder = temporaryFolder();
    const long = new Date(Date.now() - 60_000);
    const put = (name: string, at: Date): void => {
      writeFileSync(join(folder, name), "part");
      utimesSync(join(folder, name), at, at);
    };
    // No process has this number: it is above the most that Linux gives.
    put(".note.md.4194399.0123abcd.tmp", long);
    put(".young.md.4194399.0123abcd.tmp", new Date());
    put(`.own.md.${process.pid}.0123abcd.tmp`, long);
    put("note.md.4194399.0123abcd.tmp", long);
    put(".note.md.4194399.tmp", long);
    writeFileAtomically(join(folder, "note.md"), "whole");
    expect(readdirSync(folder).sort()).toEqual(
      [
        ".note.md.4194399.tmp",
        `.own.md.${process.pid}.0123abcd.tmp`,
        ".young.md.4194399.0123abcd.tmp",
        "note.md",
        "note.md.4194399.0123abcd.tmp",
      ].sort(),
    );
    removeLeftBehind(folder, Date.now() + 60_000);
    expect(readdirSync(folder)).not.toContain(".young.md.4194399.0123abcd.tmp");
    removeLeftBehind(join(folder, "nowhere"));
  });
});

describe("a rename over a file that somebody reads", () => {
  it("is tried again on Windows, for a while, and elsewhere not at all", () => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, "new"), join(folder, "old")];
    writeFileSync(to, "old");
    writeFileSync(from, "new");
    disk.readers = 1;
    expect(() => renamePatiently(from, to, false)).toThrow("EPERM");
    disk.readers = 2;
    renamePatiently(from, to, true);
    expect(readFileSync(to, "utf8")).toBe("new");
    writeFileSync(from, "newer");
    disk.readers = 1000;
    expect(() => renamePatiently(from, to, true)).toThrow("EPERM");
    expect(readFileSync(to, "utf8")).toBe("new");
  });
});

describe("a new file", () => {
  it("on a full disk is not there at all: `new` left an empty note", () => {
    const folder = temporaryFolder();
    disk.room = 3;
    expect(() => createFileAtomically(join(folder, "note.md"), "longer")).toThrow(/ENOSPC/u);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("never takes the place of one that is there, with hard links or without", () => {
    for (const links of [true, false]) {
      disk.links = links;
      const path = join(temporaryFolder(), "note.md");
      createFileAtomically(path, "first");
      expect(() => createFileAtomically(path, "second")).toThrow(/EEXIST/u);
      expect(readFileSync(path, "utf8")).toBe("first");
    }
  });
});

it("a file that is replaced on a full disk keeps its old text, and nothing is left beside it", () => {
  const folder = temporaryFolder();
  const path = join(folder, "note.md");
  writeFileSync(path, "old");
  disk.room = 3;
  expect(() => writeFileAtomically(path, "longer")).toThrow(/ENOSPC/u);
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["note.md"]);
});

it("a file that may not be written is left as it is: a rename would replace it all the same", () => {
  const folder = temporaryFolder();
  const path = join(folder, "note.md");
  writeFileSync(path, "old");
  disk.protected = realpathSync(path);
  expect(() => writeFileAtomically(path, "new")).toThrow(/EACCES/u);
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["note.md"]);
});

it("what is written in slices is whole, wherever they end", () => {
  const path = join(temporaryFolder(), "sliced");
  for (const length of [0, 1, 6, 7, 8, 14, 20]) {
    const bytes = Uint8Array.from({ length }, (_, at) => at + 1);
    writeAndFlushInSlices(path, bytes, 7);
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
  }
});
