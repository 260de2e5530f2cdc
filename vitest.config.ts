import { configDefaults, defineConfig } from "vitest/config";

/** What takes minutes: `npm run test:long`. */
const exclude = [...configDefaults.exclude, "**/*.long.test.ts"];

/** Folders whose code holds no state between calls: their test files share one module graph, which is loaded once a worker. */
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

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/remove-folders.ts"],
    projects: [
      { extends: true, test: { name: "pure", include: pure, exclude, isolate: false } },
      {
        extends: true,
        test: {
          name: "edges",
          include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: [...exclude, ...pure],
        },
      },
    ],
  },
});
