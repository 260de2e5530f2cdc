/** Which processes read a cache: while another one lives, what was used of late stays, and what the last one leaves keeps to the limit. */

import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRoom } from "./cache-room.ts";
import { isAlive } from "./process-alive.ts";

/** A lease of a process that cannot be looked up (another container) counts for so long, as does that of one that was killed. */
const SILENT_SECONDS = 600;
const LEASE = /^\.in-use-(?<pid>\d+)$/u;

interface Held {
  readonly limitBytes: number;
  /** Keys that this process has read or written: they may be read again. */
  readonly inUse: Set<string>;
}

const held = new Map<string, Held>();

/** The keys of a folder that this process uses, until it ends or lets go. A folder without a limit is nobody's to tidy. */
export function holdCache(folder: string, limitBytes: number): Set<string> {
  if (limitBytes === Number.POSITIVE_INFINITY) return new Set();
  if (held.size === 0) process.once("exit", releaseCaches);
  const before = held.get(folder);
  if (before !== undefined && before.limitBytes === limitBytes) return before.inUse;
  const inUse = before?.inUse ?? new Set<string>();
  held.set(folder, { limitBytes, inUse });
  try {
    writeFileSync(join(folder, `.in-use-${process.pid}`), "");
  } catch {
    // A cache that may not be written to can still be read.
  }
  return inUse;
}

/** Lets go of all caches and brings each to its limit: nothing that this process used is needed by it any more. */
export function releaseCaches(): void {
  process.removeListener("exit", releaseCaches);
  for (const [folder, { limitBytes, inUse }] of held) {
    try {
      rmSync(join(folder, `.in-use-${process.pid}`), { force: true });
      if (isReadElsewhere(folder)) makeRoom(folder, limitBytes, { inUse });
      else makeRoom(folder, limitBytes, { graceSeconds: 0 });
    } catch {
      // A folder that is gone, or a disk that refuses: the next run makes room.
    }
  }
  held.clear();
}

function isReadElsewhere(folder: string): boolean {
  const leases = readdirSync(folder).filter((name) => LEASE.test(name));
  return leases.filter((name) => isLive(folder, name)).length > 0;
}

function isLive(folder: string, name: string): boolean {
  const path = join(folder, name);
  const about = statSync(path, { throwIfNoEntry: false });
  if (about === undefined) return false;
  const isFresh = Date.now() - about.mtimeMs < SILENT_SECONDS * 1000;
  const isHere = isFresh || isAlive(Number(LEASE.exec(name)?.groups?.pid));
  if (!isHere) rmSync(path, { force: true });
  return isHere;
}
