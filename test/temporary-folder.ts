/** Empty folders for a test file's own use; they are gone when the file's last test has ended: `test/remove-folders.ts`. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let root: string | undefined;

/** A new empty folder. May be called anywhere: at the top of a file, in a hook, in a test. */
export function temporaryFolder(): string {
  root ??= mkdtempSync(join(tmpdir(), "heptad-test-"));
  return mkdtempSync(join(root, "folder-"));
}

/** Removes those made since it was called last. */
export function removeTemporaryFolders(): void {
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
  root = undefined;
}
