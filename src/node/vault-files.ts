/** The files that wikilinks and embeds name by their names alone, wherever in the folders of the notes they lie. */

import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearestAbove } from "./nearest-above.ts";
import { projectRoot } from "./project-folder.ts";

/** So many files are looked at: beyond, a name has to come with its folder. */
const MOST_FILES = 50_000;

export class VaultFiles {
  private readonly byName = new Map<string, ReadonlyMap<string, readonly string[]>>();

  /**
   * The file that a note names: beside it, from the root of the notes, or the one nearest to the root that has the name; with `.md` where none
   * is said. Undefined where there is none.
   */
  find(name: string, note: string): string | undefined {
    const folder = dirname(resolve(note));
    const root = nearestAbove(folder, [".obsidian"]) ?? projectRoot(note);
    const files = this.filesBelow(root);
    for (const wanted of [name, `${name}.md`]) {
      const end = basename(wanted).toLowerCase();
      const all = files.get(end) ?? [];
      const beside = [resolve(folder, wanted), resolve(root, wanted)].find((path) => all.includes(path));
      const found = beside ?? all.find((path) => path.toLowerCase().endsWith(`/${wanted.toLowerCase()}`));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** By their names in lower case, those nearest to the root first. Hidden folders and packages are left out. */
  private filesBelow(root: string): ReadonlyMap<string, readonly string[]> {
    const known = this.byName.get(root);
    if (known !== undefined) return known;
    const files = new Map<string, string[]>();
    const folders = [root];
    let seen = 0;
    for (let folder = folders.shift(); folder !== undefined && seen < MOST_FILES; folder = folders.shift()) {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        seen++;
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") folders.push(path);
        if (!entry.isFile()) continue;
        const key = entry.name.toLowerCase();
        files.set(key, [...(files.get(key) ?? []), path]);
      }
    }
    this.byName.set(root, files);
    return files;
  }
}
