/** How often searches of one note have read its test: what is chosen after looking at it is chosen on it, in part. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Tuned } from "./tune-design.ts";

const readSchema = z.object({
  /** What was looked at: seed, what was chosen, and what the test said. The same search again looks at nothing new. */
  what: z.string(),
  /** Settings that were tried before. */
  tried: z.int(),
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

/** With the read of this search, where it read the test and none before it saw the same. */
export function withRead(
  earlier: readonly TestRead[],
  tuned: Pick<Tuned, "seed" | "chosen" | "test" | "tried">,
): readonly TestRead[] {
  if (tuned.test === null) return earlier;
  const { before, after } = tuned.test;
  const what = JSON.stringify([tuned.seed, tuned.chosen, before.value, after.value]);
  return earlier.some((one) => one.what === what) ? earlier : [...earlier, { what, tried: tuned.tried }];
}
