/** What a process must not forget, in a folder: every entry is in a log before it is acted on, and a snapshot now and then keeps the log short. */

import {
  close,
  closeSync,
  constants,
  existsSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { FailureError, unwrap } from "../core/outcome.ts";
import { writeAndFlushInSlices, writeFileAtomically } from "./atomic-write.ts";
import {
  asideName,
  checkOf,
  damaged,
  FORGET,
  type LogEnd,
  logName,
  logNames,
  REACHED,
  type Recoverable,
  removeAsides,
  replayLog,
  restoreSnapshot,
  SNAPSHOT,
  toldName,
  toldNames,
  withChecksum,
} from "./log-files.ts";
import { makeFolder } from "./make-folder.ts";
import { isHeld, type ProcessLock, takeLock } from "./process-lock.ts";
import { openReachedMark, readReached } from "./reached-mark.ts";

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
  /** The same, beside what goes on meanwhile. */
  flushBeside(): Promise<void>;
  /** Writes a snapshot and starts a new log; after an error the old ones still stand. */
  snapshot(): void;
  /** The same, and nothing is left of what was told before. */
  snapshotAlone(): void;
  /** Starts a new log behind the old ones, of which `makeAside` makes a snapshot. Gives the number of the last entry in the old ones. */
  cut(): number;
  /** Takes what `makeAside` made of the entries up to a number for the snapshot, unless there is a newer one, and removes the logs up to there. */
  adopt(upTo: number): void;
  /** Flushes, and lets another process have the folder. */
  close(): void;
}

export interface LogHabit {
  /** Bytes that logs may take which a snapshot holds already; 0 where none is kept. Beyond, all of them go: some without the others say nothing. */
  readonly keepTold?: number;
  /** Leaves the snapshot aside, and acts on every entry from the first on. */
  readonly isFromFirst?: boolean;
}

const LOCK = "lock";
const LOST = "another process has taken the folder while this one was stopped for long";
const LOST_FIX = "open the folder again once that process has ended";

/**
 * Brings a fresh `kept` to where the folder's snapshot and log left it. Throws a `FailureError` when another process holds the folder,
 * when it cannot be written, when the snapshot or the log is damaged anywhere but in a last, unfinished line, and when they hold less than
 * the folder had come to.
 */
export function openWriteAheadLog(folder: string, kept: Recoverable, habit: LogHabit = {}): WriteAheadLog {
  const { keepTold = 0, isFromFirst = false } = habit;
  const lock = holdFolder(folder);
  try {
    const aside = { ...kept, restore: () => undefined };
    const inSnapshot = restoreSnapshot(join(folder, SNAPSHOT), isFromFirst ? aside : kept);
    removeAsides(folder);
    let end: LogEnd = { last: isFromFirst ? 0 : inSnapshot, bytes: 0 };
    const names = isFromFirst ? [...toldNames(folder), ...logNames(folder)] : logNames(folder);
    for (const name of names) end = replayLog(join(folder, name), kept, end.last);
    kept.settle?.();
    checkReached(folder, end.last);
    if (end.last < inSnapshot) damaged(folder, `entries ${end.last + 1} to ${inSnapshot} are missing`);
    return goOn(folder, kept, lock, inSnapshot, end, keepTold);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Writes beside a folder's snapshot one of the entries up to a number, for `adopt`, and gives its bytes: as the process that holds the folder would, while that
 * goes on. The logs up to there are complete.
 */
export function makeAside(folder: string, kept: Recoverable, upTo: number): number {
  let last = restoreSnapshot(join(folder, SNAPSHOT), kept);
  for (const name of logNames(folder)) ({ last } = replayLog(join(folder, name), kept, last, upTo));
  kept.settle?.();
  if (last !== upTo) damaged(folder, `the logs end at entry ${last}; ${upTo} entries were written`);
  const made = withChecksum(last, kept.save());
  writeAndFlushInSlices(join(folder, asideName(upTo)), made);
  return made.length;
}

/** A large file's room is given back when it is closed, which somebody else does. */
function withoutWaiting(path: string, remove: (path: string) => void): void {
  const held = existsSync(path) ? openSync(path, "r") : undefined;
  try {
    remove(path);
  } finally {
    if (held !== undefined) close(held, () => undefined);
  }
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

/** Whether a process holds a folder's log now: one that was killed leaves its lock there. */
export function isLogHeld(folder: string): boolean {
  return isHeld(join(folder, LOCK));
}

/** Removes a folder's snapshot and logs, for a new beginning. Throws a `FailureError` when another process holds it. */
export function emptyLog(folder: string): void {
  const lock = holdFolder(folder);
  try {
    removeAsides(folder);
    for (const name of [...toldNames(folder), ...logNames(folder), SNAPSHOT, REACHED])
      rmSync(join(folder, name), { force: true });
  } finally {
    lock.release();
  }
}

/** Keeps a log that a snapshot holds, where there is room for it beside the others. */
function retire(folder: string, name: string, keepTold: number): void {
  const path = join(folder, name);
  if (keepTold === 0 || statSync(path).size === 0) {
    withoutWaiting(path, rmSync);
    return;
  }
  renameSync(path, join(folder, toldName(name)));
  const told = toldNames(folder).map((one) => join(folder, one));
  if (told.reduce((sum, one) => sum + statSync(one).size, 0) > keepTold)
    for (const one of told) withoutWaiting(one, rmSync);
}

function goOn(
  folder: string,
  kept: Recoverable,
  lock: ProcessLock,
  inSnapshot: number,
  end: LogEnd,
  keepTold: number,
): WriteAheadLog {
  let [first, last, bytes] = [inSnapshot, end.last, end.bytes];
  let file = openSync(join(folder, logNames(folder).at(-1) ?? logName(last)), constants.O_RDWR | constants.O_CREAT);
  ftruncateSync(file, bytes);
  const reached = openReachedMark(join(folder, REACHED), { written: last, flushed: inSnapshot });
  /** Of logs that were cut off, and may not be on the disk yet. */
  let cutOff: number[] = [];
  let flushing: Promise<unknown> = Promise.resolve();
  const confirm = (): void => {
    if (!lock.confirm()) throw new FailureError({ code: "lost-folder", message: LOST, where: folder, fix: LOST_FIX });
  };
  /** No file is closed while it is flushed: its number could be another's by then. */
  const closeLater = (old: number): void => void flushing.then(() => closeSync(old));
  const begin = (): number => {
    const old = file;
    file = openSync(join(folder, logName(last)), constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC);
    bytes = 0;
    return old;
  };
  const flush = (): void => {
    for (const old of cutOff) fsyncSync(old);
    fsyncSync(file);
    reached.flush();
    for (const old of cutOff.splice(0)) closeLater(old);
  };
  const snapshot = (keep: number): void => {
    writeFileAtomically(join(folder, SNAPSHOT), withChecksum(last, kept.save()));
    const older = logNames(folder).filter((name) => name !== logName(last));
    closeLater(begin());
    first = last;
    // Only now: until the snapshot stands, all that is known to be on the disk is the log.
    reached.flush();
    for (const name of older) retire(folder, name, keep);
  };
  return {
    isEmpty: last === 0 && !existsSync(join(folder, SNAPSHOT)),
    append(entry) {
      confirm();
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
    flush,
    async flushBeside() {
      const [upTo, asked] = [last, [...cutOff, file]];
      const done = Promise.all(asked.map((one) => promisify(fsync)(one)));
      flushing = Promise.all([flushing, done]).catch(() => undefined);
      await done;
      for (const old of cutOff.filter((one) => asked.includes(one))) closeLater(old);
      cutOff = cutOff.filter((one) => !asked.includes(one));
      await reached.flushBeside(upTo);
    },
    snapshot: () => snapshot(keepTold),
    snapshotAlone() {
      for (const name of toldNames(folder)) rmSync(join(folder, name));
      snapshot(0);
    },
    cut() {
      confirm();
      if (bytes > 0) cutOff.push(begin());
      return last;
    },
    adopt(upTo) {
      const made = join(folder, asideName(upTo));
      if (upTo <= first) {
        rmSync(made, { force: true });
        return;
      }
      confirm();
      withoutWaiting(join(folder, SNAPSHOT), (snapshot) => renameSync(made, snapshot));
      first = upTo;
      for (const name of logNames(folder)) if (name < logName(upTo)) retire(folder, name, keepTold);
    },
    close() {
      try {
        flush();
        closeLater(file);
        void flushing.then(() => reached.close());
      } finally {
        lock.release();
      }
    },
  };
}
