/** A lock file that one process holds: taken with an exclusive create, and taken over only from a process that is gone. */

import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
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

function hold(path: string): ProcessLock {
  const release = (): void => {
    process.removeListener("exit", release);
    if (holderOf(path) === process.pid) rmSync(path, { force: true });
  };
  process.on("exit", release);
  return { release };
}

/** Whoever takes over holds a second lock meanwhile, so that two who see the same dead holder do not both win. */
function takeOver(path: string): boolean {
  const guard = `${path}.takeover`;
  if (isAlive(holderOf(path)) || !create(guard)) return false;
  try {
    if (isAlive(holderOf(path))) return false;
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

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
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
