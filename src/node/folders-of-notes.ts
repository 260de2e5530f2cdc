/** Where the designs of a folder lie, by reading its notes: what the settings of a new notebook say of them. */

import { dirname, join } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { reviewText } from "../note/review-text.ts";
import { findNotes } from "./note-files.ts";
import { readTextFile } from "./read-text-file.ts";

/** Of more files than this the rest is not read: who has so many names the folders. */
const MOST_FILES = 2000;
const USUAL = "designs";

/** Folders from the given one on, `*.md` for the given one itself; none where all designs lie in `designs`, or where there are none. */
export function foldersOfNotes(folder: string): string[] {
  const folders = new Set<string>();
  for (const file of findNotes(["."], [], folder).files.slice(0, MOST_FILES)) {
    if (isDesign(join(folder, file), file)) folders.add(dirname(file));
  }
  const outermost = [...folders].filter((one) => ![...folders].some((other) => one.startsWith(`${other}/`)));
  const shown = mergedByParent(outermost)
    .map((one) => (one === "." ? "*.md" : one))
    .sort();
  return shown.length === 1 && shown[0] === USUAL ? [] : shown;
}

/** A file for each design or a folder for each: many folders side by side are one folder of notes. */
const MANY = 3;

function mergedByParent(folders: readonly string[]): string[] {
  const byParent = new Map<string, string[]>();
  for (const one of folders.filter((folder) => folder !== "."))
    byParent.set(dirname(one), [...(byParent.get(dirname(one)) ?? []), one]);
  const merged = [...byParent].flatMap(([parent, inside]) =>
    parent !== "." && inside.length >= MANY ? [parent] : inside,
  );
  return [...(folders.includes(".") ? ["."] : []), ...merged];
}

function isDesign(path: string, name: string): boolean {
  try {
    return reviewText(readTextFile(path), name) !== undefined;
  } catch (error) {
    // What cannot be read is said when it is reviewed.
    if (error instanceof FailureError) return false;
    throw error;
  }
}
