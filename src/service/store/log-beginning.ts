/** What a service's log began with, and by which model it is remembered: from there, with other features, all of the log can be acted on again. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { FORMAT } from "../kept-json.ts";

export interface LogBeginning {
  /** What of the data was known: all of it, or what came before the test window. */
  readonly begin: "test" | "end";
  /** The newest event that was known, in seconds; null where there was none. */
  readonly newest: number | null;
  /** Fingerprint of the data; empty for a simulated world where an earlier version began the log. */
  readonly data: string;
  /** What an event of the data and a label are, by the note's own words: told under others, an event means something else. */
  readonly meaning: string;
  /** The model that remembered last. */
  readonly model: string;
}

/** Fields that another version added stay in what was read. */
const beginningSchema: z.ZodType<LogBeginning> = z.looseObject({
  format: z.literal(FORMAT),
  begin: z.enum(["test", "end"]),
  newest: z.number().nullable(),
  data: z.string(),
  meaning: z.string(),
  model: z.string(),
});

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

export function writeBeginning(folder: string, about: LogBeginning): void {
  writeFileAtomically(join(folder, NAME), JSON.stringify({ format: FORMAT, ...about }, null, 2));
}

/** Of a log that is gone. */
export function forgetBeginning(folder: string): void {
  rmSync(join(folder, NAME), { force: true });
}

/** Notes what a new log begins with. */
export function begunWith(
  folder: string,
  { begin, data, meaning, model }: Omit<LogBeginning, "newest">,
  { newest }: { readonly newest: number },
): void {
  writeBeginning(folder, { begin, data, meaning, model, newest: Number.isFinite(newest) ? newest : null });
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
