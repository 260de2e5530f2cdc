/** The project that a studio works in: its root, and the notes that a page may name. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { projectPath } from "../../node/project-path.ts";

export interface StudioProject {
  /** Its real path. */
  readonly root: string;
  /** Today, for tests too. */
  now(): Date;
}

/** Names that are devices on Windows, whatever comes behind a dot. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
/** What Windows reads as something else. */
const READ_OTHERWISE = /[<>:"|?*\\]|[. ]$/u;
/** What no name of a note holds, on any system. */
const NO_NAME = /\p{Cc}/u;
/** Ours or the tools': no note lies there. */
const NOT_NOTES = new Set(["node_modules", "runs"]);
const MOST_LETTERS = 1000;

/** Whether a page may name a note so, where there is one: what is listed and what is opened is decided here. */
export function mayBeNote(path: string, system: NodeJS.Platform = process.platform): boolean {
  const parts = path.split("/");
  return (
    path.endsWith(".md") &&
    path.length <= MOST_LETTERS &&
    !NOT_NOTES.has(parts[0].toLowerCase()) &&
    parts.every((part) => part !== "" && !part.startsWith(".") && !NO_NAME.test(part)) &&
    (system !== "win32" || isReadAlike(path))
  );
}

/** Whether every system reads the path as the same file: a note that is made here can be had there. */
function isReadAlike(path: string): boolean {
  return path.split("/").every((part) => !DEVICES.test(part) && !READ_OTHERWISE.test(part));
}

/**
 * The real path of a note in the project. Throws a `FailureError` for a way out of it, a hidden folder, and anything that is no
 * Markdown file by its name; and for a name that another system reads otherwise, unless a file of this name is there and this system
 * has no other use of it.
 */
export function notePath(root: string, path: string): string {
  if (!mayBeNote(path) || !(isReadAlike(path) || existsSync(join(root, path))))
    throw new FailureError({
      code: "not-a-note",
      message: "this is no path of a note",
      where: path.slice(0, 200),
      fix: "a note lies in the project and ends in .md, such as designs/feed.md",
    });
  const real = projectPath(root, path);
  if (real.endsWith(".md")) return real;
  throw new FailureError({ code: "not-a-note", message: "this leads to something that is no note", where: path });
}
