/** What the values of an exposure log count, written beside it, so that whoever analyses it is told. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../node/atomic-write.ts";
import type { CountedOutcome } from "../system/served-system.ts";

const schema = z.strictObject({ metric: z.string(), counted: z.string() });

/** `path` is the log's. */
export function writeCounted(path: string, metric: string, outcome: CountedOutcome | undefined): void {
  const counted =
    outcome === undefined
      ? `nothing that units did: ${metric} is not counted`
      : `${outcome.says}${outcome.isMetric ? `, for ${metric}` : `, in place of ${metric}, which is not counted`}`;
  writeFileAtomically(pathBeside(path), `${JSON.stringify({ metric, counted })}\n`);
}

/** The sentence for whoever reads the file at `path`; undefined where no service wrote it. */
export function readCounted(path: string): string | undefined {
  const beside = pathBeside(path);
  if (beside === path || !existsSync(beside)) return undefined;
  const read = schema.safeParse(JSON.parse(readFileSync(beside, "utf8")));
  return read.success ? `a value of 1 counts ${read.data.counted}` : undefined;
}

function pathBeside(path: string): string {
  return path.replace(/\.csv$/u, ".counted.json");
}
