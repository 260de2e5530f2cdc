/** The files of a project that look like data: what a page offers to choose from. */

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";

/** Endings of tables and of lines of records; `u.data` and its like are the old habit of archives. */
const DATA = /\.(?:csv|tsv|tab|txt|data|dat|parquet|jsonl|ndjson|json|svm|libsvm)(?:\.gz|\.zst)?$/iu;
/** Settings, locks, licences and requirements are written in endings that data have too. */
const NO_DATA =
  /^(?:(?:package|npm-shrinkwrap|composer|deno|biome|turbo|nx|lerna|vercel|renovate|manifest|constraints|licen[cs]e|readme|robots|cmakelists)|(?:tsconfig|jsconfig|requirements)\b.*|.*[.-](?:lock|config|schema))\.(?:json|txt)$/iu;
const LEFT_OUT = new Set(["node_modules", "runs", "history", "dist", "build"]);
const MOST_LISTED = 200;
const DEEPEST = 4;

/** Their paths from the root, with `/`. A folder that may not be read is left out. */
export function dataBelow(root: string): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesOf(join(root, folder))) {
      if (found.length >= MOST_LISTED) return;
      if (entry.name.startsWith(".") || LEFT_OUT.has(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) walk(path, depth + 1);
      if (entry.isFile() && DATA.test(entry.name) && !NO_DATA.test(entry.name)) found.push(path);
    }
  };
  walk("", 0);
  return found.toSorted();
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
