/** A lock file that one process holds: taken with an exclusive create, and taken over only from a process that is gone. */

import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fail, type Outcome, succeed } from "../core/outcome.ts";

export interface ProcessLock {
  release(): void;
}

/** Fails with the holder's process number while another process holds it. Releases itself when this process exits. */
export function takeLock(path: string): Outcome<ProcessLock> {
  mkdirSync(dirname(path), { recursive: true });
  if (create(path) || takeOver(path)) return succeed(hold(path));
  return fail({
    code: "locked",
    message: `another session (process ${holderOf(path) ?? "unknown"}) is writing here`,
    where: path,
    fix: "end that session first; if there is none, delete the file",
  });
}

/** What this process holds. A file that names this process but is not among it is of an earlier one: in a container all have the same number. */
const held = new Set<string>();

function hold(path: string): ProcessLock {
  if (held.size === 0) process.once("exit", releaseAll);
  held.add(resolve(path));
  return { release: () => release(path) };
}

function release(path: string): void {
  if (held.delete(resolve(path)) && holderOf(path) === process.pid) rmSync(path, { force: true });
  if (held.size === 0) process.removeListener("exit", releaseAll);
}

function releaseAll(): void {
  for (const path of held) release(path);
}

/** Whoever takes over holds a second lock meanwhile, so that two who see the same dead holder do not both win. */
function takeOver(path: string): boolean {
  const guard = `${path}.takeover`;
  if (isHeld(path) || !create(guard)) return false;
  try {
    if (isHeld(path)) return false;
    rmSync(path, { force: true });
    return create(path);
  } finally {
    rmSync(guard, { force: true });
  }
}

function create(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8").trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isHeld(path: string): boolean {
  const pid = holderOf(path);
  if (pid === undefined) return false;
  if (pid === process.pid) return held.has(resolve(path));
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
