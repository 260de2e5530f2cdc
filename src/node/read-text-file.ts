/** Reads text that a person wrote: an ordinary file of a possible size in UTF-8, or a failure that says what it is instead. */

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { FailureError } from "../core/outcome.ts";

/** Notes and settings are a few kilobytes; this leaves room for pasted tables, and none for a device that never ends. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * The text of a file. Throws a `FailureError` for what is not there, no ordinary file (a folder, a pipe, a device), too large or no UTF-8:
 * bytes that were replaced while reading would be lost when the text is written back.
 */
export function readTextFile(path: string): string {
  const bytes = readOrdinaryFile(path, MOST_BYTES);
  try {
    // The mark of byte order is kept: what is written back has it too.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw encoding(path, bytes);
  }
}

function readOrdinaryFile(path: string, most: number): Uint8Array {
  let file: number;
  try {
    // Without O_NONBLOCK opening a pipe that nobody writes to waits for ever.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile()) throw notAFile(path, about);
    if (about.size > most) throw tooLarge(path, about.size, most);
    return readFileSync(file);
  } catch (error) {
    throw error instanceof FailureError ? error : unreadable(path, error);
  } finally {
    closeSync(file);
  }
}

/** The failure that says what stands at a path where a file is due. */
export function notAFile(path: string, about: Stats): FailureError {
  const what = [
    about.isDirectory() && "a folder",
    about.isFIFO() && "a pipe",
    about.isSocket() && "a socket",
    (about.isCharacterDevice() || about.isBlockDevice()) && "a device",
  ].find((one) => one !== false);
  return new FailureError({
    code: "not-a-file",
    message: `${path} is ${what ?? "something else"}, not a file`,
    where: path,
    fix: about.isDirectory() ? "name a file inside it" : "put the content into a file and name that",
  });
}

function tooLarge(path: string, size: number, most: number): FailureError {
  return new FailureError({
    code: "too-large",
    message: `the file has ${size} bytes; a note or a file of settings has ${most} at most`,
    where: path,
    fix: "name the note; data belong into files that a note points to",
  });
}

function encoding(path: string, bytes: Uint8Array): FailureError {
  const line = 1 + lineOfFirstBadByte(bytes);
  const isWide =
    bytes.length > 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  const name = isWide ? "UTF-16" : "ISO-8859-1";
  return new FailureError({
    code: "not-utf-8",
    message: `the file is not UTF-8 text${isWide ? " but UTF-16" : `: line ${line} holds a byte that no UTF-8 text has there`}`,
    where: isWide ? path : `${path}:${line}`,
    fix: `save it as UTF-8 in the editor, or: iconv -f ${name} -t UTF-8 FILE > FILE.utf8; the file is left as it is`,
  });
}

function lineOfFirstBadByte(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const bad = lines.findIndex((line) => {
    try {
      decoder.decode(Buffer.from(line, "latin1"));
      return false;
    } catch {
      return true;
    }
  });
  return Math.max(0, bad);
}

const REASONS: Readonly<Record<string, readonly [code: string, message: string, fix: string]>> = {
  ENOENT: ["no-such-file", "there is no such file", "check the path"],
  ENOTDIR: ["no-such-file", "a part of the path is no folder", "check the path"],
  EISDIR: ["not-a-file", "this is a folder, not a file", "name a file inside it"],
  EACCES: ["not-readable", "the file may not be read", "give yourself the right to read it"],
  EPERM: ["not-readable", "the file may not be read", "give yourself the right to read it"],
  ENXIO: ["not-a-file", "this is a socket or a device, not a file", "put the content into a file and name that"],
  ELOOP: ["no-such-file", "the symbolic links lead in a circle", "mend the link"],
};

function unreadable(path: string, error: unknown): FailureError {
  const name = error instanceof Error && "code" in error ? String(error.code) : "";
  const [code, message, fix] = REASONS[name] ?? [
    "not-readable",
    `the file cannot be read (${error instanceof Error ? error.message : String(error)})`,
    "check the disk and the path",
  ];
  return new FailureError({ code, message, where: path, fix });
}
