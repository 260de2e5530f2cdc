/** The tests that stand near a source file: the one beside it, those that import it or what imports it, and those of its folder. */

import { dirname } from "node:path";

/** Who imports whom, as paths: every source and test file with the files that it imports. */
export type Importing = ReadonlyMap<string, readonly string[]>;

/** Of many tests so many are run unless more are asked for, the nearest first. */
export const MOST_TESTS = 5;
/** How many imports a test may be away from the file. */
const FARTHEST = 4;
/** A test that only stands in the same folder is farther away than one that reaches the file. */
const SAME_FOLDER = 5;

/**
 * The tests of a file, the nearest first: the test beside it, those that import it, those that import what imports it, and the
 * others of its folder; among equals those that stand beside what imports it, then those that share more folders with it. At most `most`.
 */
export function neighbouringTests(
  file: string,
  importing: Importing,
  isTest: (path: string) => boolean,
  most = MOST_TESTS,
): string[] {
  const importers = importersOf(importing);
  const distance = new Map<string, number>([[file, 0]]);
  for (let [step, ring] = [1, [file]]; step <= FARTHEST && ring.length > 0; step++) {
    // A test is the end of a chain: nothing is tested by importing a test.
    const next = new Set(ring.filter((one) => !isTest(one)).flatMap((one) => importers.get(one) ?? []));
    ring = [...next].filter((one) => !distance.has(one));
    for (const one of ring) distance.set(one, step);
  }
  const besideImporter = new Set([...distance.keys()].filter((one) => !isTest(one)).map(testBeside));
  const beside = testBeside(file);
  for (const one of importing.keys()) {
    if (one === beside) distance.set(one, 0);
    else if (dirname(one) === dirname(file) && !distance.has(one)) distance.set(one, SAME_FOLDER);
  }
  const isBeside = (test: string): number => (besideImporter.has(test) ? 0 : 1);
  return [...distance.keys()]
    .filter(isTest)
    .sort(
      (a, b) =>
        near(a) - near(b) ||
        isBeside(a) - isBeside(b) ||
        sharedFolders(b, file) - sharedFolders(a, file) ||
        (a < b ? -1 : 1),
    )
    .slice(0, most);

  function near(test: string): number {
    return distance.get(test) ?? SAME_FOLDER;
  }
}

/** The test of `rules.gen.ts` is `rules.test.ts`. */
function testBeside(file: string): string {
  return file.replace(/(?:\.gen)?\.tsx?$/u, ".test.ts");
}

/** Every file that a file reaches through imports, however far. */
export function reachedFrom(file: string, importing: Importing): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached) for (const target of importing.get(one) ?? []) reached.add(target);
  return reached;
}

function importersOf(importing: Importing): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const [from, targets] of importing) {
    for (const to of targets) importers.set(to, [...(importers.get(to) ?? []), from]);
  }
  return importers;
}

function sharedFolders(one: string, other: string): number {
  const parts = other.split("/");
  const differs = one.split("/").findIndex((part, at) => part !== parts[at]);
  return differs === -1 ? parts.length : differs;
}
