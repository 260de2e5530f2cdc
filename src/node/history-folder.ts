/** The practice history on disk: a folder of JSON Lines files, one a machine, so that two laptops never write the same file. */

import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { FailureError, fail, type Outcome, succeed } from "../core/outcome.ts";
import { type History, type HistoryRecord, readHistory, writeRecord } from "../practice/history.ts";
import { appendLine, repairLastLine } from "./append-lines.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { ownFolder } from "./own-folder.ts";
import { takeLock } from "./process-lock.ts";

export interface HistoryFolder extends HistoryLog {
  readonly history: History;
}

/** The file that this machine writes. */
export interface HistoryLog {
  /** The damaged tail that a crash had left, where one was cut away. */
  readonly repaired: string | undefined;
  /** On the disk when it returns. */
  append(record: HistoryRecord): void;
  close(): void;
}

/** Everything that was ever recorded under `root`, read only. */
export function readHistoryFolder(root: string): History {
  return readHistory(historyFiles(root).map((path) => readFileSync(path, "utf8")));
}

/** Opens the history for reading and writing. Fails while another session writes. */
export function openHistoryFolder(root: string): Outcome<HistoryFolder> {
  return openLog(root, (log) => ({ ...log, history: readHistoryFolder(root) }));
}

/** Opens the history for writing alone: what was written before is not read. Fails while another session writes. */
export function openHistoryLog(root: string): Outcome<HistoryLog> {
  return openLog(root, (log) => log);
}

function openLog<Opened extends HistoryLog>(root: string, opened: (log: HistoryLog) => Opened): Outcome<Opened> {
  const lock = takeLock(join(ownFolder(root, ".heptad"), "practice.lock"));
  if (!lock.ok) return lock;
  const path = join(root, "history", `${machineName(root)}.jsonl`);
  try {
    const repaired = repairLastLine(path, (line) => readHistory([line]).records.length === 1);
    return succeed(
      opened({
        repaired,
        append(record) {
          if (!lock.value.confirm()) throw lostLock(path);
          appendLine(path, writeRecord(record));
        },
        close: lock.value.release,
      }),
    );
  } catch (error) {
    lock.value.release();
    if (!(error instanceof Error)) throw error;
    return fail({
      code: "history-unreadable",
      message: `the history cannot be opened: ${error.message}`,
      where: path,
      fix: "check the folder's permissions",
    });
  }
}

function lostLock(path: string): FailureError {
  return new FailureError({
    code: "locked",
    message: "another session has begun to write here while this one was stopped",
    where: path,
    fix: "end that session and begin again: all answers up to here are kept",
  });
}

/** An id that no other machine makes: the time, so that ids sort, and 64 random bits. */
export function newRecordId(now: Date): string {
  return `${now.getTime().toString(36)}-${randomBytes(8).toString("hex")}`;
}

/** Its files, in the order of their names. */
export function historyFiles(root: string): readonly string[] {
  const folder = join(root, "history");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(folder, name));
}

/** Kept outside of what git carries, so that a clone is another machine. */
function machineName(root: string): string {
  const path = join(root, ".heptad", "machine");
  if (existsSync(path))
    return (
      readFileSync(path, "utf8")
        .trim()
        .replaceAll(/[^a-z0-9-]/gu, "") || "machine"
    );
  const host = hostname()
    .split(".")[0]
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/gu, "")
    .slice(0, 20);
  const name = `${host || "machine"}-${randomBytes(3).toString("hex")}`;
  writeFileAtomically(path, `${name}\n`);
  return name;
}
