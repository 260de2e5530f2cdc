/** Makes a folder and those above it that are missing. */

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * As `mkdir -p`. Node's own recursive form goes round for ever where a file system refuses a new folder as if the one above it were missing, as /proc does.
 * Throws the error of the system, also where a file has the name.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  if (missing.length === 0) makeOne(resolve(path));
  for (const one of missing.reverse()) makeOne(one);
}

/** Another process may be quicker. */
function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
