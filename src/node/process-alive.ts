/** Whether a process of this machine lives, by its number, and where that number means the same. */

import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
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
