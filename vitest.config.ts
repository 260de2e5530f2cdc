import { configDefaults, defineConfig } from "vitest/config";
import { BUILT_FILES, builtSources } from "./test/built-sources.ts";

/** What takes minutes: `npm run test:long`. */
const exclude = [...configDefaults.exclude, "**/*.long.test.ts"];

/** Tests that put something of their own in a module's place: each has its modules for itself. */
const ALONE = ["atomic-write", "durable-decider", "unreadable-folders"].map((name) => `src/node/${name}.test.ts`);

const BUILT = { plugins: [builtSources], extends: true } as const;

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
    server: { deps: { external: [BUILT_FILES] } },
    projects: [
      { ...BUILT, test: { name: "pure", include: pure, exclude } },
      { ...BUILT, test: { name: "edges", include: edges, exclude: [...exclude, ...pure, ...ALONE] } },
      { extends: true, test: { name: "alone", include: ALONE, isolate: true } },
    ],
  },
});
