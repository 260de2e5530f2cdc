/** Input files at the edge: listing, reading beginnings, sizes and fingerprints of what a design reads. */

import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename } from "node:path";
import { FailureError } from "../core/outcome.ts";
import type { InputFiles } from "../system/environment.ts";
import { notAFile } from "./read-text-file.ts";
import { createTextInput } from "./text-input.ts";

/** Paths are taken as they are: whoever reads the note has made them absolute, so that SQL and files mean the same place. */
export function createInputFiles(): InputFiles {
  return {
    async list(path) {
      if ((await statOf(path))?.isDirectory() !== true) return undefined;
      return (await attempt(path, () => readdir(path), FOLDER_REASONS)).sort();
    },
    exists: async (path) => (await statOf(path)) !== undefined,
    head: (path, bytes) => attempt(path, () => readHead(path, bytes)),
    size: (path) => attempt(path, () => sizeOf(path)),
    ...createTextInput(),
    fingerprint,
  };
}

/**
 * Parameters of a query with each path that one of DuckDB's readers takes (`read_csv($1`) written so that it means the file of exactly this
 * name: the readers take `*`, `?` and `[` for patterns, and would read other files than were checked and fingerprinted.
 */
export function literalPaths<T>(sql: string, parameters: readonly T[]): readonly (T | string)[] {
  const paths = new Set(Array.from(sql.matchAll(/\bread_\w+\(\s*\$(\d+)/gu), ([, number]) => Number(number) - 1));
  return parameters.map((value, at) =>
    paths.has(at) && typeof value === "string" ? value.replaceAll(/[*?[]/gu, (sign) => `[${sign}]`) : value,
  );
}

/** What lies there; nothing where nothing does. A folder above it that may not be entered hides it, which is another thing than its not being there. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) !== "EACCES") return undefined;
    return attempt(path, () => Promise.reject(error), HIDDEN_REASONS);
  }
}

/** Throws for a pipe or a device: they have no size, opening one may wait for ever, and reading one may never end. */
async function sizeOf(path: string): Promise<number> {
  const about = await stat(path);
  if (!about.isFile() && !about.isDirectory()) throw notAFile(path, about);
  return about.size;
}

async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  await sizeOf(path);
  const file = await open(path);
  try {
    const buffer = new Uint8Array(bytes);
    let filled = 0;
    while (filled < bytes) {
      const { bytesRead } = await file.read(buffer, filled, bytes - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Names count without their folders: the same data elsewhere is the same data. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    // File by file: of thousands, the failure names the one.
    await attempt(path, async () => {
      const size = await sizeOf(path);
      hash.update(`${basename(path)}\0${size}\0`);
      for await (const chunk of createReadStream(path)) hash.update(chunk);
    });
  }
  return hash.digest("hex");
}

type Reasons = Readonly<Record<string, { readonly code: string; readonly say: string; readonly fix: string }>>;

const FOLDER_REASONS: Reasons = {
  EACCES: {
    code: "not-readable",
    say: "the folder may not be read",
    fix: "give yourself the right to list and enter it: `chmod u+rx`",
  },
};

const HIDDEN_REASONS: Reasons = {
  EACCES: {
    code: "not-readable",
    say: "a folder above it may not be entered",
    fix: "give yourself the right to enter the folders on the way: `chmod u+x`",
  },
};

const REASONS: Reasons = {
  ENOENT: {
    code: "no-such-file",
    say: "there is no such file",
    fix: "check the path; one in a note is relative to the note",
  },
  EISDIR: { code: "not-a-file", say: "this is a folder, a file is needed", fix: "name a file inside it" },
  EACCES: { code: "not-readable", say: "the file may not be read", fix: "give yourself the right to read it" },
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

async function attempt<T>(path: string, work: () => Promise<T>, reasons: Reasons = REASONS): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = reasons[codeOf(error)];
    if (reason === undefined) throw error;
    throw new FailureError({ code: reason.code, message: reason.say, where: path, fix: reason.fix });
  }
}
