/** A lock file that one writer holds, whoever asks: another process, a thread of this one, or a container that shares the folder. */

import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { temporaryName, writeAndFlush } from "./atomic-write.ts";
import { makeFolder } from "./make-folder.ts";
import { isAlive } from "./process-alive.ts";

export interface ProcessLock {
  /** Whether it is still ours. A process that was stopped for long may have lost it: ask before writing. Costs nothing while we are awake. */
  confirm(): boolean;
  release(): void;
}

/** The holder shows that it lives this often. */
const BEAT_MILLISECONDS = 1000;
/** A holder that cannot be looked up and shows nothing for so long is gone. */
const SILENCE_MILLISECONDS = 4000;

/** Fails with the holder's process number while another writer holds it. Releases itself when this process or thread exits. */
export function takeLock(path: string): Outcome<ProcessLock> {
  makeFolder(dirname(path));
  const mine = ownRecord();
  if (create(path, mine) || takeOver(path, mine)) return succeed(hold(path, mine));
  const holder = readHolder(path);
  const isThisOne = holder?.process === mine.process ? ", which is this one" : "";
  const who = `process ${holder?.pid ?? "unknown"}${isThisOne}`;
  return fail({
    code: "locked",
    message: `another session (${who}) is writing here`,
    where: path,
    fix: "end that session first; if there is none, delete the file",
  });
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** Where process numbers mean the same: a machine since it started, and a container on it. */
  readonly scope: string;
  /** Number, start and scope together: no later process has the same. Empty where the start is not known. */
  readonly process: string;
  /** Of this one taking of the lock. */
  readonly token: string;
}

function ownRecord(): Holder {
  const scope = processScope();
  return { pid: process.pid, scope, process: identityOf(process.pid, scope), token: randomBytes(8).toString("hex") };
}

/** Of what this thread holds. */
const releases = new Set<() => void>();

function releaseAll(): void {
  for (const release of [...releases]) release();
}

function hold(path: string, mine: Holder): ProcessLock {
  let seen = performance.now();
  const isOurs = (): boolean => readHolder(path)?.token === mine.token;
  const beat = (): void => {
    if (!isOurs()) return;
    seen = performance.now();
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // A disk that is read-only now: whoever wants the lock will find the process alive, or not.
    }
  };
  const timer = setInterval(beat, BEAT_MILLISECONDS);
  timer.unref();
  const release = (): void => {
    clearInterval(timer);
    releases.delete(release);
    if (releases.size === 0) process.removeListener("exit", releaseAll);
    if (isOurs()) rmSync(path, { force: true });
  };
  if (releases.size === 0) process.once("exit", releaseAll);
  releases.add(release);
  return {
    confirm() {
      // Asleep for so long that another may have taken it for abandoned.
      if (performance.now() - seen < SILENCE_MILLISECONDS / 2) return true;
      if (!isOurs()) return false;
      beat();
      return true;
    },
    release,
  };
}

/** Whoever takes over holds a second lock meanwhile, so that two who see the same dead holder do not both win. */
function takeOver(path: string, mine: Holder): boolean {
  const guard = `${path}.takeover`;
  if (isHeld(path)) return false;
  // Somebody who died taking over, or whose disk was full, leaves a guard: that is taken away like any dead lock.
  if (!create(guard, mine) && (isHeld(guard) || !removeDead(guard) || !create(guard, mine))) return false;
  try {
    if (isHeld(path)) return false;
    removeDead(path);
    return create(path, mine);
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Takes a dead lock away, and puts back what turns out to be another's fresh one. */
function removeDead(path: string): boolean {
  const seen = readHolder(path)?.token;
  const aside = temporaryName(path);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return true;
    throw error;
  }
  const isDead = readHolder(aside)?.token === seen;
  if (!isDead) create(path, undefined, aside);
  rmSync(aside, { force: true });
  return isDead;
}

/** Written whole under another name first: nobody ever sees a lock without its holder. */
function create(path: string, holder: Holder | undefined, from = temporaryName(path)): boolean {
  try {
    if (holder !== undefined) writeAndFlush(from, `${JSON.stringify(holder)}\n`);
    linkSync(from, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    if (holder === undefined || !["EPERM", "ENOTSUP", "ENOSYS"].some((code) => isCode(error, code))) throw error;
    return createWithoutLinks(path, holder);
  } finally {
    if (holder !== undefined) rmSync(from, { force: true });
  }
}

/** On a disk that knows no hard links the name is taken first. */
function createWithoutLinks(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(holder)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    rmSync(path, { force: true });
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof read !== "object" || read === null) return undefined;
    const written = new Map<string, unknown>(Object.entries(read));
    const pid = Number(written.get("pid"));
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    const text = (key: string): string => String(written.get(key) ?? "");
    return { pid, scope: text("scope"), process: text("process"), token: text("token") };
  } catch {
    return undefined;
  }
}

export function isHeld(path: string): boolean {
  const holder = readHolder(path);
  if (holder === undefined) return false;
  const scope = processScope();
  if (holder.scope !== scope) return beats(path);
  if (!isAlive(holder.pid)) return false;
  const now = identityOf(holder.pid, scope);
  // The number may be another process's by now, after a restart of the machine or of a container.
  return now === "" || holder.process === "" ? beats(path) : now === holder.process;
}

/** Waits for a sign of life of a holder that cannot be looked up. Clocks of two machines need not agree: only a change counts. */
function beats(path: string): boolean {
  const beatAt = (): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const first = beatAt();
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < SILENCE_MILLISECONDS; waited += 100) {
    Atomics.wait(wait, 0, 0, 100);
    if (beatAt() !== first) return readHolder(path) !== undefined;
  }
  return false;
}

/** Two processes with the same scope can look each other up by number. */
function processScope(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** Empty where the system does not say when a process began. */
function identityOf(pid: number, scope: string): string {
  try {
    // After the name in parentheses, which may hold anything: the start is field 22 of the line (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return fields[19] === undefined ? "" : `${scope} ${pid} ${fields[19]}`;
  } catch {
    return "";
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
