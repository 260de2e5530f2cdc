/** What a service's log began with, and by which model it is remembered: from there, with other features, all of the log can be acted on again. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../node/atomic-write.ts";

const beginningSchema = z.strictObject({
  format: z.literal(1),
  /** What of the data was known: all of it, or what came before the test window. */
  begin: z.enum(["test", "end"]),
  /** The newest event that was known, in seconds; null where there was none. */
  newest: z.number().nullable(),
  /** Fingerprint of the data; empty for a simulated world where an earlier version began the log. */
  data: z.string(),
  /** What an event of the data and a label are, by the note's own words: told under others, an event means something else. */
  meaning: z.string(),
  /** The model that remembered last. */
  model: z.string(),
});

export type LogBeginning = Omit<z.output<typeof beginningSchema>, "format">;

const NAME = "beginning.json";

/** Undefined where none was written, or it is not what was written. */
export function readBeginning(folder: string): LogBeginning | undefined {
  const path = join(folder, NAME);
  if (!existsSync(path)) return undefined;
  try {
    const read = beginningSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export function writeBeginning(folder: string, { begin, newest, data, meaning, model }: LogBeginning): void {
  writeFileAtomically(join(folder, NAME), JSON.stringify({ format: 1, begin, newest, data, meaning, model }, null, 2));
}

/** Notes what a new log begins with. */
export function begunWith(
  folder: string,
  about: Omit<LogBeginning, "newest">,
  { newest }: { readonly newest: number },
): void {
  writeBeginning(folder, { ...about, newest: Number.isFinite(newest) ? newest : null });
}

/** Why a log that began so cannot be acted on again from other data, or with another note; undefined where it can. */
export function whyNotFrom(
  was: LogBeginning | undefined,
  { data, meaning }: Pick<LogBeginning, "data" | "meaning">,
): string | undefined {
  if (was === undefined || was.data === "" || data === "") return "it is not known with which data its log began";
  if (was.meaning !== meaning)
    return "the note has another source or another label since, and what was told was of the old ones";
  // What was told may be in the newer data too, and would count twice.
  return was.data === data ? undefined : "the data are others since, and what was told may be in both";
}
