/** How far a log has come, beside it: what is missing from the log afterwards can be said, where a log that was cut looks like a shorter one. */

import { closeSync, constants, fsync, fsyncSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { uptime } from "node:os";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";

/** Entries written, and those that the disk was known to have. */
export interface Reached {
  readonly written: number;
  readonly flushed: number;
}

export interface ReachedMark {
  /** An entry stands in the log. Survives the end of the process as the entry does. */
  write(written: number): void;
  /** The disk has every entry. */
  flush(): void;
  /** The disk has the entries up to a number; settles once it has the mark too. */
  flushBeside(upTo: number): Promise<void>;
  close(): void;
}

const BYTES = 24;
/** What a person writes in place of the mark to go on with what is left. */
const FORGET = "forget";

/**
 * What the mark says must be there; undefined for no mark, `damaged` for one that is not as it was written. After a restart of the machine
 * that is what was flushed: the loss of power may have taken the rest.
 */
export function readReached(path: string): number | "damaged" | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(BYTES + 1);
    const count = readSync(file, bytes, 0, BYTES + 1, 0);
    if (bytes.toString("utf8", 0, count).trim() === FORGET) return 0;
    if (count !== BYTES) return "damaged";
    const body = bytes.subarray(4, BYTES);
    if (bytes.readUInt32LE(0) !== crc32(body)) return "damaged";
    return body.readUInt32LE(0) === startOfMachine() ? body.readDoubleLE(4) : body.readDoubleLE(12);
  } finally {
    closeSync(file);
  }
}

/** Opens the mark for writing, with what is there now. */
export function openReachedMark(path: string, reached: Reached): ReachedMark {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT);
  const start = startOfMachine();
  const bytes = Buffer.alloc(BYTES);
  let { written, flushed } = reached;
  const put = (): void => {
    bytes.writeUInt32LE(start, 4);
    bytes.writeDoubleLE(written, 8);
    bytes.writeDoubleLE(flushed, 16);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    for (let at = 0; at < BYTES; ) at += writeSync(file, bytes, at, BYTES - at, at);
  };
  put();
  fsyncSync(file);
  return {
    write(count) {
      written = count;
      put();
    },
    flush() {
      flushed = written;
      put();
      fsyncSync(file);
    },
    async flushBeside(upTo) {
      flushed = Math.max(flushed, upTo);
      put();
      await promisify(fsync)(file);
    },
    close: () => closeSync(file),
  };
}

let machine: number | undefined;

/** A number for the time since the machine started: of the kernel's own name for it, or of the moment to ten seconds. */
function startOfMachine(): number {
  machine ??= crc32(bootName());
  return machine;
}

function bootName(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
  } catch {
    return String(Math.round((Date.now() / 1000 - uptime()) / 10));
  }
}
