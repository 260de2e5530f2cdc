/** Lets tests load what was built, as Node loads it, and says which test files are begun first. */

import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Plugin } from "vite";
import { BaseSequencer, type TestSequencerConstructor, type TestSpecification } from "vitest/node";

const ROOT = join(import.meta.dirname, "..");

/**
 * `npm test` builds first, and then tests what it built, as Node loads it: no source is compiled a second time, once for each project.
 * Without `HEPTAD_BUILT`, as when one file is tested while it is written, the sources are read as they are.
 */
export const builtSources: Plugin = {
  name: "built-sources",
  enforce: "pre",
  resolveId(id, importer) {
    if (process.env.HEPTAD_BUILT === undefined || importer === undefined || !/^\.{1,2}\/.*\.ts$/u.test(id)) return;
    const source = resolve(dirname(importer), id);
    const file = relative(ROOT, source);
    if (!/^(?:src|tools)[\\/]/u.test(file) || !existsSync(source)) return;
    const compiled = join(ROOT, "dist", file.replace(/\.ts$/u, ".js"));
    return existsSync(compiled) ? { id: compiled, external: true } : undefined;
  },
};

/** Built files are Node's to load. */
export const BUILT_FILES = /[\\/]dist[\\/](?:src|tools)[\\/]/u;

/** Begins with the files of these names, so that none of them is left to one worker while the other has nothing to do. */
export function beginningWith(names: readonly string[]): TestSequencerConstructor {
  const place = ({ moduleId }: TestSpecification): number => {
    const at = names.indexOf(basename(moduleId));
    return at === -1 ? names.length : at;
  };
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).sort((a, b) => place(a) - place(b));
    }
  };
}
