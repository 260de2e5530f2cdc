/** Writes that are either done or not: to a temporary name beside the target, flushed, then renamed. */

import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fdatasyncSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

/**
 * Replaces or makes a file. Killed at any moment, the old text or the new one stands there, never a part. A symbolic link stays one: what
 * it points to is replaced; but no link of a user's has the name of a file that we alone write, and there the link itself is replaced. The rights of a file that is replaced stay, and one that may not be written is left as it is. `flush: false` spares the wait for the disk where a power cut
 * costs nothing that cannot be made again.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array, { flush = true } = {}): void {
  makeFolder(dirname(path));
  const about = OURS.test(path) && isLink(path) ? undefined : statSync(path, { throwIfNoEntry: false });
  const target = about === undefined ? path : realpathSync(path);
  // A rename would put its own file in the place of one that is protected.
  if (about !== undefined) accessSync(target, constants.W_OK);
  const temporary = temporaryName(target);
  try {
    if (flush) writeAndFlush(temporary, content);
    else writeFileSync(temporary, content);
    if (about !== undefined) chmodSync(temporary, about.mode & 0o7777);
    renamePatiently(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes a file that was not there. Killed at any moment or on a full disk, there is the whole file or none. Throws EEXIST where there is
 * one, and leaves that as it is.
 */
export function createFileAtomically(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const temporary = temporaryName(path);
  try {
    writeAndFlush(temporary, content);
    giveName(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** As `createFileAtomically`, for many files at once: those that wait for the disk wait together. */
export async function createFileBesideOthers(path: string, content: string): Promise<void> {
  makeFolder(dirname(path));
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    giveName(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What lies in `.heptad`, in the folder of a run, or beside it. */
const OURS =
  /(?:^|[/\\])(?:\.heptad[/\\]|runs[/\\][^/\\]+[/\\](?:[0-9a-f]{12}[/\\]|tune\.json$|sweep-[0-9a-f]{8}\.html$))/u;

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Throws EEXIST where the name is taken. */
function giveName(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    // A disk without hard links: the name is taken first, and given back where the bytes do not fit.
    if (!isCode(error, ["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"])) throw error;
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}

/** How often a rename is tried, and how long is waited between, in milliseconds. */
const TRIES = 20;
const PAUSE = 25;

/**
 * Renames over what is there. On Windows that fails as long as somebody reads the target (a virus scanner, an editor), mostly for
 * milliseconds: it is tried again for half a second.
 */
export function renamePatiently(from: string, to: string, isWindows = process.platform === "win32"): void {
  for (let left = isWindows ? TRIES : 1; ; left--) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (left <= 1 || !isCode(error, ["EPERM", "EACCES", "EBUSY"])) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

function isCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Writes a whole file and waits until the disk has it. */
export function writeAndFlush(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const file = openSync(path, "w");
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Bytes that the disk takes in one go where others wait for it too. */
const SLICE = 1 << 20;

/** The same in slices, each on the disk before the next: what others write meanwhile waits for little of it. */
export function writeAndFlushInSlices(path: string, bytes: Uint8Array, slice = SLICE): void {
  const file = openSync(path, "w");
  try {
    for (let written = 0; written < bytes.length; ) {
      const end = Math.min(bytes.length, written + slice);
      while (written < end) written += writeSync(file, bytes, written, end - written);
      fdatasyncSync(file);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A name beside `path` that no other process uses. */
export function temporaryName(path: string): string {
  const folder = dirname(path);
  if (!swept.has(folder)) {
    swept.add(folder);
    removeLeftBehind(folder);
  }
  return join(folder, `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
}

const TEMPORARY = /^\..+\.(?<pid>\d+)\.[\da-f]{8}\.tmp$/u;
const swept = new Set<string>();
/** A process on another machine, or in another container, may write into the folder too: its number says nothing here, its time does. */
const LEFT_SECONDS = 10;

/** Removes what processes that were killed have left in a folder under names of `temporaryName`. */
export function removeLeftBehind(folder: string, now = Date.now()): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = TEMPORARY.exec(name)?.groups?.pid;
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(folder, name);
    const about = lstatSync(path, { throwIfNoEntry: false });
    if (about?.isFile() !== true || now - about.mtimeMs < LEFT_SECONDS * 1000) continue;
    try {
      rmSync(path, { force: true });
    } catch {
      // Somebody else's: it stays.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, ["ESRCH"]);
  }
}
