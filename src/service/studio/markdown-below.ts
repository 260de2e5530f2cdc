/** The Markdown files of a project, where notes may lie. */

import { type Dirent, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { mayBeNote } from "./studio-project.ts";

/** A project of more files than this is no project of notes; the rest is left out with a word. */
const MOST_FILES = 5000;
const DEEPEST = 8;
const LEFT_OUT = new Set(["node_modules", "runs", "dist", "build", "history", "coverage", "vendor", "target"]);

/** Their paths from the root, with `/`: those that can be opened. */
export function markdownBelow(root: string): string[] {
  const found: string[] = [];
  const walk = (folder: string, depth: number): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      if (found.length >= MOST_FILES) return;
      if (entry.name.startsWith(".") || LEFT_OUT.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < DEEPEST) walk(path, depth + 1);
      const named = relative(root, path).split(sep).join("/");
      if (entry.isFile() && mayBeNote(named)) found.push(named);
    }
  };
  walk(root, 0);
  return found;
}
