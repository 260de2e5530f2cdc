import { defineConfig } from "vitest/config";

/** Tests that take minutes: whole runs on real data, runs killed many times, long fuzzes, a sample of all keys of a note. */
export default defineConfig({
  test: {
    include: ["src/**/*.long.test.ts", "test/**/*.long.test.ts", "tools/**/*.long.test.ts"],
    env: { HEPTAD_LONG: "1" },
    // A limit for a machine that others use too.
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/remove-folders.ts"],
  },
});
