/** How often searches of one note have read its test: what is chosen after looking at it is chosen on it, in part. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Tuned } from "./tune-design.ts";

const readSchema = z.object({
  /** What was looked at: seed, what was chosen, and what the test said. */
  what: z.string(),
  /** How many settings were tried before. */
  tried: z.int(),
  /** Which they were, in order of their names; absent where an earlier version counted them only. */
  settings: z.array(z.string()).optional(),
});

export type TestRead = z.output<typeof readSchema>;

const keptSchema = z.object({ reads: z.array(readSchema).default([]) });

/** The reads that the record of the last search holds; none where it cannot be read. */
export function earlierReads(file: string): readonly TestRead[] {
  if (!existsSync(file)) return [];
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, "utf8"))).reads;
  } catch {
    return [];
  }
}

/** With the read of this search, where it read the test. The same search again, of the same settings with the same answer, is the same read. */
export function withRead(
  earlier: readonly TestRead[],
  tuned: Pick<Tuned, "seed" | "chosen" | "test" | "tried" | "rungs">,
): readonly TestRead[] {
  if (tuned.test === null) return earlier;
  const { before, after } = tuned.test;
  const what = JSON.stringify([tuned.seed, tuned.chosen, before.value, after.value]);
  const settings = [...new Set(tuned.rungs.flatMap(({ values }) => values.map((one) => one.settings)))].sort();
  const isSame = (one: TestRead): boolean =>
    one.what === what &&
    (one.settings === undefined ? one.tried === tuned.tried : one.settings.join("\n") === settings.join("\n"));
  return [...earlier.filter((one) => !isSame(one)), { what, tried: tuned.tried, settings }];
}

/** How many different settings they tried in all; `isLeast` where some are known by their number alone, and may be others. */
export function settingsOf(reads: readonly TestRead[]): { readonly count: number; readonly isLeast: boolean } {
  const named = new Set(reads.flatMap(({ settings }) => settings ?? []));
  const unnamed = reads.filter(({ settings }) => settings === undefined).map(({ tried }) => tried);
  return { count: Math.max(named.size, ...unnamed), isLeast: unnamed.length > 0 };
}
