/** What lies below a folder of a server that takes files and folders away while one looks. */

import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file and folder below `folder`. */
export function pathsBelow(folder: string): readonly string[] {
  return entriesBelow(folder).map(({ path }) => path);
}

/** Every file below `folder`, with its bytes as one character each. */
export function filesBelow(folder: string): readonly { readonly path: string; readonly bytes: string }[] {
  return entriesBelow(folder)
    .filter(({ entry }) => entry.isFile())
    .flatMap(({ path }) => unlessGone([], () => [{ path, bytes: readFileSync(path, "latin1") }]));
}

function entriesBelow(folder: string): readonly { readonly path: string; readonly entry: Dirent }[] {
  return unlessGone([], () => readdirSync(folder, { withFileTypes: true })).flatMap((entry) => {
    const path = join(folder, entry.name);
    return [{ path, entry }, ...(entry.isDirectory() ? entriesBelow(path) : [])];
  });
}

function unlessGone<Value>(without: Value, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return without;
    throw error;
  }
}
