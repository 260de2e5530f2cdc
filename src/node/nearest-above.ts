/** The nearest folder, from one upwards, that holds one of some names: where a notebook has its root. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Undefined where no folder up to the root of the disk holds any of them. */
export function nearestAbove(start: string, names: readonly string[]): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
