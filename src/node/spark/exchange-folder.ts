/** Files that an engine reads: whose they are is in their names, so that what a process left that was killed is found and removed. */

import { lstatSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failureOf } from "../../core/failure-of.ts";
import { FailureError } from "../../core/outcome.ts";
import { isAlive, processPlace } from "../process-alive.ts";

/** As `exchangeFile` writes them, and one that was not finished. The folder may hold files of others, as `part-00000.parquet`: those go by no name like this. */
const NAME = /^heptad-\w+-(?<pid>\d+)-(?<place>[0-9a-f]{8})\.parquet(?:\.\d+\.part)?$/u;

/** A process elsewhere cannot be looked up: after so long its file is nobody's. */
const ELSEWHERE_MILLISECONDS = 7 * 86_400_000;

/** The file of this process for a table. */
export function exchangeFile(folder: string, table: string): string {
  return join(folder, `heptad-${table}-${process.pid}-${processPlace()}.parquet`);
}

export interface Left {
  readonly path: string;
  readonly used: number;
  readonly bytes: number;
}

/** What ended processes left in a folder. A link is nothing of ours. */
export function leftIn(folder: string): readonly Left[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder).flatMap((name) => {
    const found = NAME.exec(name)?.groups;
    const path = join(folder, name);
    const about = found === undefined ? undefined : lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined || about?.isFile() !== true) return [];
    const isOver =
      found.place === processPlace()
        ? !isAlive(Number(found.pid))
        : Date.now() - about.mtimeMs > ELSEWHERE_MILLISECONDS;
    return isOver ? [{ path, used: about.mtimeMs, bytes: about.size }] : [];
  });
}

/** Best effort: what another user left is his to remove. */
export function removeLeft(folder: string): void {
  try {
    for (const { path } of leftIn(folder)) rmSync(path, { force: true });
  } catch {
    // A folder that cannot be read is said where it is written.
  }
}

/** Throws a `FailureError` that names the option, for a folder that somebody named and that is not there or takes no file. */
export function requireExchange(folder: string): void {
  const about = statSync(folder, { throwIfNoEntry: false });
  if (about === undefined) throw refused(`there is no folder ${folder}`);
  if (!about.isDirectory()) throw refused(`${folder} is a file and no folder`);
  const tried = join(folder, `.heptad-${process.pid}-${processPlace()}`);
  try {
    writeFileSync(tried, "");
    rmSync(tried);
  } catch (error) {
    throw cannotHandOver(folder, error);
  }
}

/** What is said where a folder takes no rows. */
export function cannotHandOver(folder: string, error: unknown): FailureError {
  const why = error instanceof Error && "code" in error ? String(error.code) : failureOf(error).message;
  return refused(`the folder ${folder} takes no rows for the engine (${REASONS.get(why) ?? why})`);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "the system does not allow to write there"],
  ["EPERM", "the system does not allow to write there"],
  ["EROFS", "it is read-only"],
  ["ENOSPC", "no space is left"],
  ["ENOENT", "no file can be made there"],
]);

function refused(message: string): FailureError {
  return new FailureError({
    code: "bad-exchange",
    message,
    where: "--exchange",
    fix: "name a folder that is there, that this machine writes and that the engine reads under the same path",
  });
}
