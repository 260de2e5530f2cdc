/** The text of a file as a revision of git had it. */

import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { FailureError } from "../core/outcome.ts";

/**
 * Undefined where the file was not there at that revision. Throws a `FailureError` where there is no git, no repository or
 * no such revision; `flag` is the one that the revision was given with, if any.
 */
export function textAtRevision(file: string, revision: string, flag?: string): string | undefined {
  const folder = existsSync(file) ? dirname(realpathSync(file)) : dirname(file);
  // A revision that begins with a dash would be an option to git.
  if (
    revision.startsWith("-") ||
    git(folder, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`) === undefined
  ) {
    throw new FailureError({
      code: "no-such-revision",
      message: `git knows no revision \`${revision.slice(0, 80)}\` in ${folder}`,
      where: flag ?? revision.slice(0, 80),
      fix: `name a commit, a branch or a tag of the repository that holds the note, such as ${flag === undefined ? "" : `${flag} `}main`,
    });
  }
  return git(folder, "show", `${revision}:./${basename(file)}`);
}

/** The text that the next commit would hold; undefined where git has none of the file. */
export function stagedText(file: string): string | undefined {
  return git(existsSync(file) ? dirname(realpathSync(file)) : dirname(file), "show", `:./${basename(file)}`);
}

/** The files that the next commit adds or changes, from the current folder on. Throws a `FailureError` where there is no repository. */
export function stagedFiles(): string[] {
  const listed = git(".", "diff", "--cached", "--name-only", "--relative", "--diff-filter=ACMR", "-z");
  if (listed !== undefined) return listed.split("\0").filter((name) => name !== "");
  throw new FailureError({
    code: "no-repository",
    message: "there is no git repository here, and nothing is staged",
    where: "--staged",
    fix: "name the notes, or leave --staged out",
  });
}

/** What git prints, or undefined where it fails. */
function git(folder: string, ...words: readonly string[]): string | undefined {
  try {
    return execFileSync("git", words, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 2 ** 20,
      timeout: 20_000,
    });
  } catch {
    return undefined;
  }
}
