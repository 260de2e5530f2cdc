/** The project that a studio works in: its root, and the notes that a page may name. */

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
/** What Windows reads as something else, and what no name holds. */
const NO_NAME = /[\p{Cc}<>:"|?*\\]|[. ]$/u;
/** Ours or the tools': no note lies there. */
const NOT_NOTES = new Set(["node_modules", "runs"]);

/**
 * The real path of a note in the project. Throws a `FailureError` for a way out of it, a hidden folder, a name that another system
 * reads otherwise, and anything that is no Markdown file by its name.
 */
export function notePath(root: string, path: string): string {
  const parts = path.split("/");
  const isPlain = parts.every(
    (part) => part !== "" && !part.startsWith(".") && !DEVICES.test(part) && !NO_NAME.test(part),
  );
  if (!isPlain || NOT_NOTES.has(parts[0].toLowerCase()) || !path.endsWith(".md") || path.length > 1000)
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
