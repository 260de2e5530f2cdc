/** Finds the notes that paths, folders and globs mean. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { FailureError } from "../core/outcome.ts";
import { pathFromHere } from "./project-path.ts";

export interface NoteFiles {
  /** Relative to the current folder, with slashes, sorted, each once. */
  readonly files: readonly string[];
  /** Those that were named one by one: they are reviewed whatever they hold. */
  readonly named: ReadonlySet<string>;
  /** What is to be said of paths that are not there and of globs that match nothing. */
  readonly missing: readonly FailureError[];
}

/** Finds what there is; the globs of `ignore` begin at `root`. Throws a `FailureError` where nothing of what was asked for is there. */
export function findNotes(
  paths: readonly string[],
  ignore: readonly string[],
  cwd = process.cwd(),
  root = cwd,
): NoteFiles {
  const ignored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  const isIgnored = root === cwd ? ignored : (name: string) => ignored(pathFromHere(resolve(cwd, name), root));
  const named = new Set<string>();
  const found = new Set<string>();
  const asked = new Set<string>();
  const missing: FailureError[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    if (existsSync(absolute)) {
      const name = nameOf(absolute, cwd);
      if (!statSync(absolute).isDirectory()) named.add(name);
      else {
        // A folder that is ignored as a whole is meant when somebody names it.
        const target = isIgnored(`${name}/note.md`) ? asked : found;
        for (const file of notesBelow(absolute)) target.add(nameOf(file, cwd));
      }
      continue;
    }
    const { base, glob, isGlob } = picomatch.scan(path);
    const start = resolve(cwd, base);
    // Seen from where the glob begins: `../docs/*.md` is met from within docs too, where its files have no such name.
    const matches = isGlob ? picomatch(glob) : () => false;
    const hits =
      isGlob && existsSync(start)
        ? notesBelow(start)
            .filter((file) => matches(pathFromHere(file, start)))
            .map((file) => nameOf(file, cwd))
        : [];
    if (hits.length === 0) missing.push(notThere(path, isGlob));
    for (const file of hits) found.add(file);
  }
  if (missing.length > 0 && missing.length === paths.length) throw missing[0];
  const kept = [...found].filter((file) => !isIgnored(file));
  return { files: [...new Set([...named, ...asked, ...kept])].sort(), named, missing };
}

/** All Markdown files below a folder; hidden folders, `node_modules` and what a run has written are left out. */
function notesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  // A report is no note, wherever the project's root has put its runs.
  if (entries.some(({ name }) => name === "run.json")) return [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : notesBelow(path);
    return entry.isFile() && entry.name.endsWith(".md") ? [path] : [];
  });
}

function nameOf(file: string, cwd: string): string {
  return pathFromHere(file, cwd);
}

function notThere(path: string, isGlob: boolean): FailureError {
  return new FailureError({
    code: "no-such-note",
    message: isGlob ? `no Markdown file matches \`${path}\`` : `there is no \`${path}\``,
    where: path,
    fix: "give notes, folders of notes or a glob such as 'designs/**/*.md'; heptad new writes a first one",
  });
}
