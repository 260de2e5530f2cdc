/** The notes of a notebook where none are named: those that `review.notes` in its settings means, or the folder `designs`. */

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { FailureError } from "../core/outcome.ts";
import { isMeantAsDesign } from "../note/meant-as-design.ts";
import { pathFromHere } from "./project-path.ts";
import { readTextFile } from "./read-text-file.ts";
import type { ReviewConfiguration } from "./review-configuration.ts";

type Settings = Pick<ReviewConfiguration, "root" | "notes" | "ignore">;

/** Where notes are when nobody has said it. */
const USUAL = ["designs", "**/*.design.md"];

/** Paths and globs from the current folder on: what a command reads that is given none. */
export function notesWhereNoneNamed({ root, notes, ignore }: Settings, cwd: string = process.cwd()): string[] {
  if (notes.length === 0)
    return existsSync(join(cwd, "designs")) ? ["designs", ...besideDesigns(root, ignore, cwd)] : ["*.md"];
  const up = pathFromHere(root, cwd);
  return notes.map((one) => (up === cwd ? one : `${up}/${one}`));
}

/** Beside the folder lie pages of all kinds: only what says of itself that it is a design is one. */
function besideDesigns(root: string, ignore: readonly string[], cwd: string): string[] {
  const isIgnored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  return readdirSync(cwd, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && entry.name.endsWith(".md") ? [entry.name] : []))
    .filter((name) => !isIgnored(pathFromHere(resolve(cwd, name), root)) && saysItIsDesign(join(cwd, name)))
    .sort();
}

/** Whether a file that is there, and is text, says of itself that it is a design. */
export function saysItIsDesign(file: string): boolean {
  try {
    return isMeantAsDesign(readTextFile(file));
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

/** Whether a path, from the notebook's root on, is one of its notes. */
export function isNoteOf({ root, notes, ignore }: Settings): (path: string) => boolean {
  const meant = (notes.length === 0 ? USUAL : notes).map((one) => matcherOf(root, one));
  const isIgnored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  return (path) => path.endsWith(".md") && meant.some((one) => one(path)) && !isIgnored(path) && !LEFT_OUT.test(path);
}

/** As a folder is gone through: nothing of packages, and nothing hidden. */
const LEFT_OUT = /(?:^|\/)(?:node_modules|\.[^/]+)\//u;

/** What is there is a note or a folder, whatever signs its name holds; a name without signs of a glob is one too. */
function matcherOf(root: string, written: string): (path: string) => boolean {
  const isThere = existsSync(join(root, written));
  if (!isThere && picomatch.scan(written).isGlob) return picomatch(written, { dot: true });
  return (path) => path === written || written === "." || path.startsWith(`${written}/`);
}

/** Where a new note is written so that the review finds it, from the current folder on: `designs/feed.md`, unless the settings mean other notes. */
export function placeForNote(settings: Settings, name: string, cwd: string = process.cwd()): string {
  if (settings.notes.length === 0) return `designs/${name}.md`;
  const isNote = isNoteOf(settings);
  const tried = settings.notes.flatMap((written) => {
    const { base, isGlob } = picomatch.scan(written);
    const folder = isGlob ? base : written.endsWith(".md") ? "." : written;
    return [`${name}.md`, `${name}.design.md`, `${name}/design.md`].map((file) =>
      folder === "" || folder === "." ? file : `${folder}/${file}`,
    );
  });
  const found = tried.find((path) => isNote(path));
  return found === undefined ? `designs/${name}.md` : pathFromHere(join(settings.root, found), cwd);
}
