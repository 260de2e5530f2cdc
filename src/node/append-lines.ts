/** Appends whole lines to a file: each is on the disk before the call returns, and a line cut off by a crash is repaired first. */

import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** Writes `line` and a line end at the end of the file, and waits for the disk. */
export function appendLine(path: string, line: string): void {
  makeFolder(dirname(path));
  const bytes = new TextEncoder().encode(`${line}\n`);
  const file = openSync(path, "a");
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Mends a file whose last line has no end: a line that `isWhole` accepts gets its end, a torn one is cut away (it was never
 * acknowledged). Returns what was cut, if anything.
 */
export function repairLastLine(path: string, isWhole: (line: string) => boolean): string | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (bytes.length === 0 || bytes[bytes.length - 1] === 0x0a) return undefined;
  const start = bytes.lastIndexOf(0x0a) + 1;
  const tail = bytes.subarray(start).toString("utf8");
  const file = openSync(path, "r+");
  try {
    const whole = isWhole(tail);
    if (whole) writeSync(file, "\n", bytes.length);
    else ftruncateSync(file, start);
    fsyncSync(file);
    return whole ? undefined : tail;
  } finally {
    closeSync(file);
  }
}
