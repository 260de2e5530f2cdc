/** What a process must not forget, in a folder: every entry is in a log before it is acted on, and a snapshot now and then keeps the log short. */

import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { FailureError, unwrap } from "../core/outcome.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { makeFolder } from "./make-folder.ts";
import { type ProcessLock, takeLock } from "./process-lock.ts";
import { openReachedMark, readReached } from "./reached-mark.ts";

/** What is kept: it forgets nothing that it was told again in the same order. */
export interface Recoverable {
  save(): Uint8Array;
  /** Becomes what was saved, from a fresh one. Throws a `FailureError` for what it cannot become. */
  restore(snapshot: Uint8Array): void;
  /** Acts on an entry of the log again. */
  replay(entry: unknown): void;
}

export interface WriteAheadLog {
  /**
   * Writes an entry behind all others. Once this has returned, the entry survives the end of the process, kill -9 included; after an
   * error (a full disk) nothing of it is left, and the next one is tried anew. Anything that JSON can hold; NaN comes back as null.
   */
  append(entry: unknown): void;
  /** Whether the folder held neither a snapshot nor an entry when it was opened. */
  readonly isEmpty: boolean;
  /** Entries since the last snapshot. */
  readonly length: number;
  /** Waits until the disk has every entry: survives the loss of power too. */
  flush(): void;
  /** Writes a snapshot and starts a new log; after an error the old ones still stand. */
  snapshot(): void;
  /** Flushes, and lets another process have the folder. */
  close(): void;
}

const SNAPSHOT = "snapshot";
const LOCK = "lock";
const REACHED = "reached";
const CHECKSUM_BYTES = 32;

/**
 * Brings a fresh `kept` to where the folder's snapshot and log left it. Throws a `FailureError` when another process holds the folder,
 * when it cannot be written, when the snapshot or the log is damaged anywhere but in a last, unfinished line, and when they hold less than
 * the folder had come to.
 */
export function openWriteAheadLog(folder: string, kept: Recoverable): WriteAheadLog {
  const lock = holdFolder(folder);
  try {
    const inSnapshot = restoreSnapshot(join(folder, SNAPSHOT), kept);
    let end: LogEnd = { last: inSnapshot, bytes: 0 };
    for (const name of logNames(folder)) end = replayLog(join(folder, name), kept, end.last);
    checkReached(folder, end.last);
    return goOn(folder, kept, lock, inSnapshot, end);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The number of the last whole entry of a log, and the bytes up to its end. */
interface LogEnd {
  readonly last: number;
  readonly bytes: number;
}

/** A snapshot that is gone, and a log that was removed, emptied or cut, hold less than was acknowledged. */
function checkReached(folder: string, last: number): void {
  const reached = readReached(join(folder, REACHED));
  if (reached === "damaged")
    damaged(join(folder, REACHED), "the mark of how far this folder had come is not what was written", FORGET);
  if (reached === undefined && last > 0)
    damaged(join(folder, REACHED), "the mark of how far this folder had come is gone", FORGET);
  if (reached !== undefined && reached > last)
    damaged(
      folder,
      `entries ${last + 1} to ${reached} are missing: the snapshot or the end of the log is gone`,
      FORGET,
    );
}

function holdFolder(folder: string): ProcessLock {
  try {
    makeFolder(folder);
    return unwrap(takeLock(join(folder, LOCK)));
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError({
      code: "unwritable-folder",
      message: `the log cannot be kept: ${error instanceof Error ? error.message : String(error)}`,
      where: folder,
      fix: "name a folder that this process may write to, on a disk with room",
    });
  }
}

function goOn(folder: string, kept: Recoverable, lock: ProcessLock, inSnapshot: number, end: LogEnd): WriteAheadLog {
  let [first, last, bytes] = [inSnapshot, end.last, end.bytes];
  let file = openSync(join(folder, logNames(folder).at(-1) ?? logName(last)), constants.O_RDWR | constants.O_CREAT);
  ftruncateSync(file, bytes);
  const reached = openReachedMark(join(folder, REACHED), { written: last, flushed: inSnapshot });
  return {
    isEmpty: last === 0 && !existsSync(join(folder, SNAPSHOT)),
    append(entry) {
      if (!lock.confirm()) throw new FailureError({ code: "lost-folder", message: LOST, where: folder, fix: LOST_FIX });
      const text = JSON.stringify([last + 1, entry]);
      const line = Buffer.from(`${checkOf(text)} ${text}\n`);
      // At its place rather than at the end: what a full disk has left of a line is written over by the next.
      for (let at = 0; at < line.length; ) at += writeSync(file, line, at, line.length - at, bytes + at);
      // Before the entry counts: where the mark cannot follow, the entry is written over by the next.
      reached.write(last + 1);
      bytes += line.length;
      last++;
    },
    get length() {
      return last - first;
    },
    flush() {
      fsyncSync(file);
      reached.flush();
    },
    snapshot() {
      writeFileAtomically(join(folder, SNAPSHOT), withChecksum(last, kept.save()));
      const older = logNames(folder).filter((name) => name !== logName(last));
      const fresh = openSync(join(folder, logName(last)), constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC);
      closeSync(file);
      [file, first, bytes] = [fresh, last, 0];
      // Only now: until the snapshot stands, all that is known to be on the disk is the log.
      reached.flush();
      for (const name of older) rmSync(join(folder, name));
    },
    close() {
      try {
        fsyncSync(file);
        reached.flush();
        closeSync(file);
        reached.close();
      } finally {
        lock.release();
      }
    },
  };
}

/** The number of the last entry in the snapshot; 0 where there is none. */
function restoreSnapshot(path: string, kept: Recoverable): number {
  if (!existsSync(path)) return 0;
  const bytes = new Uint8Array(readFileSync(path));
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (content.length < 8 || !checksum(content).equals(bytes.subarray(0, CHECKSUM_BYTES))) {
    damaged(path, "the snapshot is not what was written");
  }
  kept.restore(content.subarray(8));
  return new DataView(content.buffer, content.byteOffset).getFloat64(0, true);
}

function withChecksum(last: number, saved: Uint8Array): Uint8Array {
  const content = new Uint8Array(8 + saved.length);
  new DataView(content.buffer).setFloat64(0, last, true);
  content.set(saved, 8);
  return Buffer.concat([checksum(content), content]);
}

function checksum(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

/** Replays the entries after number `from`. */
function replayLog(path: string, kept: Recoverable, from: number): LogEnd {
  let [last, bytes, line] = [from, 0, 0];
  for (const text of wholeLines(path)) {
    line++;
    bytes += Buffer.byteLength(text) + 1;
    const entry = readLine(text);
    if (entry === undefined) damaged(`${path}:${line}`, "this line of the log is not what was written", CUT);
    if (entry.number > last + 1) damaged(`${path}:${line}`, `entries ${last + 1} to ${entry.number - 1} are missing`);
    if (entry.number <= last) continue;
    kept.replay(entry.entry);
    last = entry.number;
  }
  return { last, bytes };
}

/** No entry is longer: what is, in a file, was not written here. */
const LONGEST_LINE = 1 << 20;

/** The lines of a file that have an end, each cut behind `LONGEST_LINE` bytes. What follows the last end is passed over in one go. */
function* wholeLines(path: string): Iterable<string> {
  const file = openSync(path, "r");
  try {
    const block = Buffer.alloc(1 << 16);
    let parts: Buffer[] = [];
    let kept = 0;
    const keep = (part: Buffer): void => {
      if (kept <= LONGEST_LINE) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (let count = readSync(file, block); count > 0; count = readSync(file, block)) {
      let start = 0;
      for (let end = block.indexOf(LINE_END); end >= 0 && end < count; end = block.indexOf(LINE_END, start)) {
        keep(block.subarray(start, end));
        yield Buffer.concat(parts).toString("utf8");
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
function readLine(line: string): { readonly number: number; readonly entry: unknown } | undefined {
  const text = line.slice(CHECK_LENGTH + 1);
  if (line.length > LONGEST_LINE || line.slice(0, CHECK_LENGTH + 1) !== `${checkOf(text)} `) return undefined;
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? { number: Number(read[0]), entry: read[1] } : undefined;
}

const CHECK_LENGTH = 8;

function checkOf(text: string): string {
  return crc32(text).toString(16).padStart(CHECK_LENGTH, "0");
}

/** Named for the last entry before it, with digits enough to sort by name. */
function logName(after: number): string {
  return `log-${String(after).padStart(15, "0")}`;
}

function logNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^log-\d{15}$/u.test(name))
    .sort();
}

const COPY = "put a copy of the whole folder in its place; where there is none, move it away and begin a new one";
const FORGET = `${COPY}; or write the word forget into \`${REACHED}\`, and go on with what is left`;
const LOST = "another process has taken the folder while this one was stopped for long";
const LOST_FIX = "open the folder again once that process has ended";
const CUT = `${COPY}; or cut the file off before this line and write the word forget into \`${REACHED}\``;

function damaged(where: string, message: string, fix = COPY): never {
  throw new FailureError({ code: "damaged-log", message, where, fix });
}
