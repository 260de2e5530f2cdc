/** Keeps the cache bounded: what was used longest ago goes first, and only folders that carry a key's name are ever touched. */

import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** What another run has used this recently is left alone: it may be in the middle of reading it. */
const GRACE_SECONDS = 600;
/** Temporary files of runs that were killed are swept once they are this old. */
const STALE_SECONDS = 3600;

interface Kept {
  readonly path: string;
  readonly used: number;
  readonly bytes: number;
}

/** Whether a path is named as the store names a result: 64 hexadecimal digits. Anything else in the folder is somebody's own. */
export function isOurs(path: string): boolean {
  return /^[0-9a-f]{64}$/u.test(basename(path));
}

export interface RoomOptions {
  /** Results that stay, by key. */
  readonly inUse?: ReadonlySet<string>;
  readonly graceSeconds?: number;
}

/** Removes results, the longest unused first, until the rest takes `limitBytes` at most. */
export function makeRoom(
  folder: string,
  limitBytes: number,
  { inUse = new Set(), graceSeconds = GRACE_SECONDS }: RoomOptions,
): void {
  const kept = keptResults(folder);
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, used, bytes } of kept) {
    if (total <= limitBytes) return;
    // Without grace none is recent, not even what a file system dates a moment ahead of our clock.
    const isRecent = graceSeconds > 0 && Date.now() - used < graceSeconds * 1000;
    if (inUse.has(basename(path)) || isRecent) continue;
    rmSync(path, { recursive: true, force: true });
    total -= bytes;
  }
}

/** Results in a cache, the longest unused first. A cache that is a symbolic link, and links inside it, belong to somebody else. */
export function keptResults(folder: string): readonly Kept[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .filter(isOurs)
    .flatMap((name) => measure(join(folder, name)) ?? [])
    .sort((a, b) => a.used - b.used);
}

function measure(path: string): Kept | undefined {
  try {
    const about = lstatSync(path);
    if (!about.isDirectory()) return undefined;
    let bytes = 0;
    for (const file of readdirSync(path)) {
      const { size, mtimeMs } = lstatSync(join(path, file));
      if (file.endsWith(".tmp") && Date.now() - mtimeMs > STALE_SECONDS * 1000) rmSync(join(path, file));
      else bytes += size;
    }
    return { path, used: about.mtimeMs, bytes };
  } catch {
    // Another process has just removed it.
    return undefined;
  }
}
