import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Plugin } from "vite";
import { configDefaults, defineConfig } from "vitest/config";

/** What takes minutes: `npm run test:long`. */
const exclude = [...configDefaults.exclude, "**/*.long.test.ts"];

/** Tests that put something of their own in a module's place: each has its modules for itself. */
const ALONE = ["atomic-write", "durable-decider", "unreadable-folders"].map((name) => `src/node/${name}.test.ts`);

/**
 * `npm test` builds first, and then tests what it built, as Node loads it: no source is compiled a second time, once for each project.
 * Without `HEPTAD_BUILT`, as when one file is tested while it is written, the sources are read as they are.
 */
const built: Plugin = {
  name: "built-sources",
  enforce: "pre",
  resolveId(id, importer) {
    if (process.env.HEPTAD_BUILT === undefined || importer === undefined || !/^\.{1,2}\/.*\.ts$/u.test(id)) return;
    const source = resolve(dirname(importer), id);
    const file = relative(import.meta.dirname, source);
    if (!/^(?:src|tools)[\\/]/u.test(file) || !existsSync(source)) return;
    const compiled = join(import.meta.dirname, "dist", file.replace(/\.ts$/u, ".js"));
    return existsSync(compiled) ? { id: compiled, external: true } : undefined;
  },
};
const BUILT = { plugins: [built], extends: true } as const;

/** The folders of the core: `npx vitest run --project pure` takes seconds to start. */
const PURE = [
  "book",
  "core",
  "design",
  "estimate",
  "kernels",
  "library",
  "note",
  "practice",
  "report",
  "review",
  "steps",
  "system",
];
const pure = PURE.map((folder) => `src/${folder}/**/*.test.ts`);
const edges = ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Others use the machine too.
    expect: { poll: { timeout: 20_000 } },
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/remove-folders.ts"],
    // A module keeps nothing of one test file for the next: its graph is loaded once a worker.
    isolate: false,
    server: { deps: { external: [/[\\/]dist[\\/](?:src|tools)[\\/]/u] } },
    projects: [
      { ...BUILT, test: { name: "pure", include: pure, exclude } },
      { ...BUILT, test: { name: "edges", include: edges, exclude: [...exclude, ...pure, ...ALONE] } },
      { extends: true, test: { name: "alone", include: ALONE, isolate: true } },
    ],
  },
});
