/** The files of a log: a snapshot with its checksum, and lines that each say their number and their own checksum. */

import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { FailureError } from "../core/outcome.ts";

/** What is kept: it forgets nothing that it was told again in the same order. */
export interface Recoverable {
  save(): Uint8Array;
  /** Becomes what was saved, from a fresh one. Throws a `FailureError` for what it cannot become. */
  restore(snapshot: Uint8Array): void;
  /** Acts on an entry of the log again. */
  replay(entry: unknown): void;
  /** There are no more entries to act on again; absent where each was acted on at once. */
  settle?(): void;
}

export const SNAPSHOT = "snapshot";
export const REACHED = "reached";
const CHECKSUM_BYTES = 32;

/** The number of the last whole entry of a log, and the bytes up to its end. */
export interface LogEnd {
  readonly last: number;
  readonly bytes: number;
}

/** The number of the last entry in the snapshot; 0 where there is none. */
export function restoreSnapshot(path: string, kept: Recoverable): number {
  if (!existsSync(path)) return 0;
  const bytes = new Uint8Array(readFileSync(path));
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (content.length < 8 || !checksum(content).equals(bytes.subarray(0, CHECKSUM_BYTES))) {
    damaged(path, "the snapshot is not what was written");
  }
  kept.restore(content.subarray(8));
  return new DataView(content.buffer, content.byteOffset).getFloat64(0, true);
}

export function withChecksum(last: number, saved: Uint8Array): Uint8Array {
  const whole = new Uint8Array(CHECKSUM_BYTES + 8 + saved.length);
  new DataView(whole.buffer).setFloat64(CHECKSUM_BYTES, last, true);
  whole.set(saved, CHECKSUM_BYTES + 8);
  whole.set(checksum(whole.subarray(CHECKSUM_BYTES)));
  return whole;
}

function checksum(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

/** Replays the entries after number `from`, up to number `upTo`. */
export function replayLog(path: string, kept: Recoverable, from: number, upTo = Number.POSITIVE_INFINITY): LogEnd {
  let [last, bytes, line] = [from, 0, 0];
  for (const written of wholeLines(path)) {
    line++;
    bytes += written.length + 1;
    const entry = readLine(written);
    if (entry === undefined) damaged(`${path}:${line}`, "this line of the log is not what was written", CUT);
    if (entry.number > last + 1) damaged(`${path}:${line}`, `entries ${last + 1} to ${entry.number - 1} are missing`);
    if (entry.number <= last) continue;
    if (entry.number > upTo) break;
    kept.replay(entry.entry);
    last = entry.number;
  }
  return { last, bytes };
}

/** No entry is longer: what is, in a file, was not written here. */
const LONGEST_LINE = 1 << 20;

const BLOCK = 1 << 18;

/**
 * The lines of a file that have an end, each cut behind `LONGEST_LINE` bytes, and good until the next one is asked for. What follows the last end is
 * passed over in one go.
 */
function* wholeLines(path: string): Iterable<Buffer> {
  const file = openSync(path, "r");
  try {
    const block = Buffer.alloc(BLOCK);
    let parts: Buffer[] = [];
    let kept = 0;
    const keep = (part: Buffer): void => {
      if (kept <= LONGEST_LINE) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (let count = readSync(file, block); count > 0; count = readSync(file, block)) {
      let start = 0;
      for (let end = block.indexOf(LINE_END); end >= 0 && end < count; end = block.indexOf(LINE_END, start)) {
        const part = block.subarray(start, end);
        if (kept > 0) keep(part);
        yield kept > 0 ? Buffer.concat(parts) : part;
        [parts, kept, start] = [[], 0, end + 1];
      }
      keep(block.subarray(start, count));
    }
  } finally {
    closeSync(file);
  }
}

const LINE_END = 0x0a;

/** Undefined for what is not a line as it was written. */
function readLine(line: Buffer): { readonly number: number; readonly entry: unknown } | undefined {
  const text = line.subarray(CHECK_LENGTH + 1);
  if (line.length > LONGEST_LINE || line.toString("latin1", 0, CHECK_LENGTH + 1) !== `${checkOf(text)} `)
    return undefined;
  const read: unknown = JSON.parse(text.toString("utf8"));
  return Array.isArray(read) ? { number: Number(read[0]), entry: read[1] } : undefined;
}

const CHECK_LENGTH = 8;

export function checkOf(text: string | Uint8Array): string {
  return crc32(text).toString(16).padStart(CHECK_LENGTH, "0");
}

/** A snapshot that was made beside the process that writes the log, and is not its yet. */
export function asideName(upTo: number): string {
  return `aside-${upTo}`;
}

/** Removes what was made beside a process that has ended. */
export function removeAsides(folder: string): void {
  for (const name of readdirSync(folder)) if (/^aside-\d+$/u.test(name)) rmSync(join(folder, name), { force: true });
}

/** Named for the last entry before it, with digits enough to sort by name. */
export function logName(after: number): string {
  return `log-${String(after).padStart(15, "0")}`;
}

/** What a snapshot holds already, kept: from all of it, memory can be built again by other features. */
export function toldName(name: string): string {
  return name.replace(/^log-/u, "told-");
}

export function toldNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^told-\d{15}$/u.test(name))
    .sort();
}

export function logNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^log-\d{15}$/u.test(name))
    .sort();
}

const COPY = "put a copy of the whole folder in its place; where there is none, move it away and begin a new one";
export const FORGET = `${COPY}; or write the word forget into \`${REACHED}\`, and go on with what is left`;
const CUT = `${COPY}; or cut the file off before this line and write the word forget into \`${REACHED}\``;

export function damaged(where: string, message: string, fix = COPY): never {
  throw new FailureError({ code: "damaged-log", message, where, fix });
}
