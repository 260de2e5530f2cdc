/** Whether a process of this machine lives, by its number, and where that number means the same. */

import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It lives, and is another user's.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !hasEnded(pid);
}

/** Whether it has ended, and its parent has not asked how yet: until then its number can still be sent signals. */
function hasEnded(pid: number): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The state follows the name in parentheses, which may hold spaces and parentheses itself (proc(5)).
    const state = line.slice(line.lastIndexOf(")") + 1).trim()[0];
    return state === "Z" || state === "X";
  } catch {
    // Not every system has such files.
    return false;
  }
}

/** Where process numbers mean the same: a machine, and a container on it. */
export function processPlace(): string {
  let numbers = "";
  try {
    numbers = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Not every system has such spaces.
  }
  return createHash("sha256").update(`${hostname()} ${numbers}`).digest("hex").slice(0, 8);
}
