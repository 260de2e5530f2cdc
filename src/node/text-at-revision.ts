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
  if (!isRevision(revision, folder)) {
    throw new FailureError({
      code: "no-such-revision",
      message: `git knows no revision \`${revision.slice(0, 80)}\` in ${folder}`,
      where: flag ?? revision.slice(0, 80),
      fix: `name a commit, a branch or a tag of the repository that holds the note, such as ${flag === undefined ? "" : `${flag} `}main`,
    });
  }
  const text = git(folder, "show", `${revision}:./${basename(file)}`);
  if (text !== undefined) return text;
  const path = pathAtRevision(file, revision);
  return path === undefined ? undefined : textAtCommit(file, revision, path);
}

/** Whether git knows a commit by these words in the repository of a folder. */
export function isRevision(words: string, folder = "."): boolean {
  // What begins with a dash would be an option to git.
  return !words.startsWith("-") && git(folder, "rev-parse", "--verify", "--quiet", `${words}^{commit}`) !== undefined;
}

/** A commit that changed a file, and the path that the file had in it, from the top of the repository on. */
export interface FileCommit {
  readonly commit: string;
  readonly day: string;
  readonly subject: string;
  readonly path: string;
}

/** Newest first, through renames; empty where there is no git, no repository or no commit of the file. */
export function commitsOf(file: string, most: number): readonly FileCommit[] {
  const commits: FileCommit[] = [];
  for (const one of followed(file, most)) {
    commits.push(one);
    // git follows a copy to what it was made of; the history of that is another note's.
    if (one.change === "C") break;
  }
  return commits;
}

/** The path that a file had before all that changed since a revision; undefined where it was made or copied since. */
function pathAtRevision(file: string, revision: string): string | undefined {
  let path: string | undefined;
  for (const { change, before } of followed(file, MOST_COMMITS, `${revision}..HEAD`)) {
    if (change === "A" || change === "C") return undefined;
    path = before ?? path;
  }
  return path;
}

/** How far back a name is looked for. */
const MOST_COMMITS = 500;

interface Followed extends FileCommit {
  /** As git says it: added, modified, deleted, renamed, copied; absent for a merge. */
  readonly change: string | undefined;
  /** The path that a rename or a copy began from. */
  readonly before: string | undefined;
}

function followed(file: string, most: number, range = "HEAD"): readonly Followed[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const log = git(
    folder,
    ...["-c", "core.quotepath=false", "log", "--follow", "--name-status", `--max-count=${most}`],
    ...["--format=%x00%h%x09%cs%x09%s", range, "--", `./${basename(file)}`],
  );
  const top = git(folder, "rev-parse", "--show-prefix")?.trim() ?? "";
  // A merge names no path: it has that of the commit after it.
  let path = `${top}${basename(file)}`;
  return (log ?? "").split("\0").flatMap((part) => {
    const [head, ...lines] = part.split("\n");
    const [commit, day, ...subject] = head.split("\t");
    if (commit === "") return [];
    const [change, ...paths] = lines.find((line) => line !== "")?.split("\t") ?? [];
    path = paths.at(-1) ?? path;
    return [
      {
        ...{ commit, day, subject: subject.join(" "), path },
        ...{ change: change?.slice(0, 1), before: paths.length > 1 ? paths[0] : undefined },
      },
    ];
  });
}

/** `path` begins at the top of the repository that holds `file`. */
export function textAtCommit(file: string, commit: string, path: string): string | undefined {
  return git(existsSync(file) ? dirname(realpathSync(file)) : dirname(file), "show", `${commit}:${path}`);
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
