/** A process that keeps Vitest warm and, for each message, runs tests with one source file read as a changed text: nothing is written to the disk. */

import { resolve } from "node:path";
import { configDefaults } from "vitest/config";
import { BaseSequencer, createVitest, type TestSpecification } from "vitest/node";

/** What is asked: these tests, in this order until one fails, with this file read as this text. */
export interface WarmTests {
  readonly tests: readonly string[];
  readonly changed?: { readonly file: string; readonly text: string };
}

/** What is answered: whether all of them passed, and else the first that did not. */
export interface WarmVerdict {
  readonly passed: boolean;
  readonly failed?: { readonly file: string; readonly what: string };
}

/** The place of each test file in what was asked. */
let orderOf = new Map<string, number>();
class InOrder extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = (one: TestSpecification): number => orderOf.get(one.moduleId) ?? 0;
    return specifications.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
let changed: { readonly path: string; readonly text: string } | undefined;
/** Of the tests that are run now: the first that failed, and the files that passed. Vitest's own record holds earlier runs too. */
let failed: WarmVerdict["failed"];
let passed = new Set<string>();

const vitest = await createVitest(
  "test",
  {
    // One project of all tests: a plug-in given here reaches no project of the configuration.
    config: false,
    include: ["{src,test,tools}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.long.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    watch: false,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: InOrder },
    reporters: [
      {
        onTestCaseResult: (test) => {
          if (test.result().state === "failed") fail(test.module.relativeModuleId, test.fullName);
        },
        onTestModuleEnd: (module) => {
          if (module.state() === "passed" || module.state() === "skipped") passed.add(module.moduleId);
          else fail(module.relativeModuleId, module.errors()[0]?.message ?? module.state());
        },
      },
    ],
  },
  {
    clearScreen: false,
    logLevel: "silent",
    plugins: [
      { name: "changed-source", enforce: "pre", load: (id) => (id === changed?.path ? changed.text : undefined) },
    ],
  },
);
await vitest.standalone();
const known = await vitest.globTestSpecifications();

process.on("message", (asked: WarmTests) => void run(asked));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");

async function run({ tests, changed: change }: WarmTests): Promise<void> {
  const specifications = tests.flatMap((test) => known.filter((one) => one.moduleId === resolve(test)));
  if (change !== undefined) {
    changed = { path: resolve(change.file), text: change.text };
    vitest.invalidateFile(changed.path);
  }
  orderOf = new Map(specifications.map((one, at) => [one.moduleId, at]));
  failed = undefined;
  passed = new Set();
  try {
    const { unhandledErrors } = await vitest.runTestSpecifications(specifications);
    const left = tests.find((test) => !passed.has(resolve(test)));
    if (unhandledErrors.length > 0) failed ??= { file: left ?? tests[0], what: String(unhandledErrors[0]) };
    if (left !== undefined) failed ??= { file: left, what: "was not run" };
  } catch (error) {
    failed ??= { file: tests[0], what: String(error) };
  }
  if (changed !== undefined) {
    const { path } = changed;
    changed = undefined;
    vitest.invalidateFile(path);
  }
  process.send?.({ passed: failed === undefined, failed } satisfies WarmVerdict);
}

/** The first failure is enough: what is still to run is called off. */
function fail(file: string, what: string): void {
  if (failed === undefined) void vitest.cancelCurrentRun("test-failure");
  failed ??= { file, what };
}
