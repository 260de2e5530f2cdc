/** The commit that last changed a note, as git names it. */

import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";

/** Undefined where git has none; says so where the file differs from it. */
export function commitOf(file: string): string | undefined {
  const commit = git(file, "log", "--max-count=1", "--format=%h");
  if (commit === "") return undefined;
  return git(file, "status", "--porcelain") === "" ? `commit ${commit}` : `commit ${commit} and changes since`;
}

function git(file: string, ...args: readonly string[]): string {
  try {
    return execFileSync("git", [...args, "--", `./${basename(file)}`], {
      cwd: dirname(file),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    }).trim();
  } catch {
    return "";
  }
}
