/** Notes as a page reads and writes them: whole, atomically, and never over a text that the page has not seen. */

import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { FailureError } from "../../core/outcome.ts";
import { createFileAtomically, writeFileAtomically } from "../../node/atomic-write.ts";
import { readTextFile } from "../../node/read-text-file.ts";
import { markdownBelow } from "./markdown-below.ts";
import { notePath, type StudioProject } from "./studio-project.ts";

export interface NoteOnDisk {
  readonly path: string;
  readonly text: string;
  /** Of the text: what a later write says that it has seen. */
  readonly version: string;
  /** ISO time of the last change. */
  readonly changed: string;
}

/** Written, or what stands there in its place: nothing is chosen. `null` where the note is gone. */
export type Saved =
  | { readonly saved: true; readonly version: string }
  | { readonly saved: false; readonly disk: NoteOnDisk | null };

/** What a page says that it has seen which knows that there is no file: only then one is made. */
const NOTHING = "";

/** Notes are a few kilobytes. */
const MOST_BYTES = 2 ** 20;

export function readNote({ root }: StudioProject, path: string): NoteOnDisk {
  const real = notePath(root, path);
  const text = readTextFile(real);
  return { path, text, version: versionOf(text), changed: statSync(real).mtime.toISOString() };
}

/** `seen` is the version that the page began from. A text that is there already is no conflict. */
export function saveNote(project: StudioProject, path: string, text: string, seen: string): Saved {
  const real = notePath(project.root, path);
  refuseLarge(path, text);
  const version = versionOf(text);
  if (existsSync(real)) {
    const disk = readNote(project, path);
    if (disk.version === version) return { saved: true, version };
    if (disk.version !== seen) return { saved: false, disk };
  } else if (seen !== NOTHING) return { saved: false, disk: null };
  writeFileAtomically(real, text);
  return { saved: true, version };
}

/** Where a note that is gone stands now, as its text says: it was renamed or moved. Undefined where no file holds it, or several do. */
export function whereMoved(project: StudioProject, seen: string): string | undefined {
  const found = markdownBelow(project.root).filter((path) => {
    try {
      return readNote(project, path).version === seen;
    } catch {
      return false;
    }
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Makes a note that was not there. Throws a `FailureError` where there is one. */
export function createNote({ root }: StudioProject, path: string, text: string): string {
  const real = notePath(root, path);
  refuseLarge(path, text);
  if (existsSync(real))
    throw new FailureError({
      code: "file-exists",
      message: "there is a note of this name, and it is left as it is",
      where: path,
      fix: "choose another name",
    });
  createFileAtomically(real, text);
  return versionOf(text);
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function refuseLarge(path: string, text: string): void {
  if (Buffer.byteLength(text) <= MOST_BYTES) return;
  throw new FailureError({ code: "too-large", message: "a note has at most 1 MB", where: path });
}
