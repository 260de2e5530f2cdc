/** What a process must not forget, in a folder: every entry is in a log before it is acted on, and a snapshot now and then keeps the log short. */

import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
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
import { type ProcessLock, takeLock } from "./process-lock.ts";

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
const CHECKSUM_BYTES = 32;

/**
 * Brings a fresh `kept` to where the folder's snapshot and log left it. Throws a `FailureError` when another process holds the folder,
 * when it cannot be written, and when the snapshot or the log is damaged anywhere but in a last, unfinished line.
 */
export function openWriteAheadLog(folder: string, kept: Recoverable): WriteAheadLog {
  const lock = holdFolder(folder);
  try {
    const inSnapshot = restoreSnapshot(join(folder, SNAPSHOT), kept);
    let end: LogEnd = { last: inSnapshot, bytes: 0 };
    for (const name of logNames(folder)) end = replayLog(join(folder, name), kept, end.last);
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

function holdFolder(folder: string): ProcessLock {
  try {
    mkdirSync(folder, { recursive: true });
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
  return {
    isEmpty: last === 0 && !existsSync(join(folder, SNAPSHOT)),
    append(entry) {
      const text = JSON.stringify([last + 1, entry]);
      const line = Buffer.from(`${checkOf(text)} ${text}\n`);
      // At its place rather than at the end: what a full disk has left of a line is written over by the next.
      for (let at = 0; at < line.length; ) at += writeSync(file, line, at, line.length - at, bytes + at);
      bytes += line.length;
      last++;
    },
    get length() {
      return last - first;
    },
    flush: () => fsyncSync(file),
    snapshot() {
      writeFileAtomically(join(folder, SNAPSHOT), withChecksum(last, kept.save()));
      const older = logNames(folder).filter((name) => name !== logName(last));
      const fresh = openSync(join(folder, logName(last)), constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC);
      closeSync(file);
      [file, first, bytes] = [fresh, last, 0];
      for (const name of older) rmSync(join(folder, name));
    },
    close() {
      try {
        fsyncSync(file);
        closeSync(file);
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

/** The lines of a file that have an end. */
function* wholeLines(path: string): Iterable<string> {
  const file = openSync(path, "r");
  try {
    const block = Buffer.alloc(1 << 16);
    let rest: Buffer = Buffer.alloc(0);
    for (let count = readSync(file, block); count > 0; count = readSync(file, block)) {
      rest = Buffer.concat([rest, block.subarray(0, count)]);
      let start = 0;
      for (let end = rest.indexOf(LINE_END); end >= 0; end = rest.indexOf(LINE_END, start)) {
        yield rest.toString("utf8", start, end);
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}

const LINE_END = 0x0a;

/** Undefined for what is not a line as it was written. */
function readLine(line: string): { readonly number: number; readonly entry: unknown } | undefined {
  const text = line.slice(CHECK_LENGTH + 1);
  if (line.slice(0, CHECK_LENGTH) !== checkOf(text)) return undefined;
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
const CUT = `${COPY}; or cut the file off before this line, and forget what came from there on`;

function damaged(where: string, message: string, fix = COPY): never {
  throw new FailureError({ code: "damaged-log", message, where, fix });
}
