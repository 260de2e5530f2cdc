import { configDefaults, defineConfig } from "vitest/config";
import { BUILT_FILES, beginningWith, builtSources } from "./test/built-sources.ts";

const include = ["src/**/*.long.test.ts", "test/**/*.long.test.ts", "tools/**/*.long.test.ts"];
/** It draws tests that put something of their own in a module's place. */
const alone = ["test/properties.long.test.ts"];
/** What it reads would stay in the memory of the tests after it. */
const large = ["test/run-on-real-data.long.test.ts"];
/** Those that take minutes. */
const HEAVY = [
  "executed-examples.long.test.ts",
  "serve-killed.long.test.ts",
  "run-on-real-data.long.test.ts",
  "stale-results.long.test.ts",
  "recipes.long.test.ts",
  "properties.long.test.ts",
];

const built = { plugins: [builtSources], extends: true } as const;

/** Tests that take minutes: whole runs on real data, runs killed many times, long fuzzes, a sample of all keys of a note. */
export default defineConfig({
  test: {
    env: { HEPTAD_LONG: "1" },
    // A limit for a machine that others use too.
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    pool: "forks",
    // Services and kills are waited for: two cores are at work with three.
    maxWorkers: 3,
    setupFiles: ["test/remove-folders.ts"],
    // A module keeps nothing of one test file for the next: its graph is loaded once a worker.
    isolate: false,
    server: { deps: { external: [BUILT_FILES] } },
    sequence: { sequencer: beginningWith(HEAVY) },
    projects: [
      { ...built, test: { name: "long", include, exclude: [...configDefaults.exclude, ...alone, ...large] } },
      { ...built, test: { name: "large", include: large, isolate: true } },
      { extends: true, test: { name: "alone", include: alone, isolate: true } },
    ],
  },
});
