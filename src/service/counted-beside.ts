/** What the values of an exposure log count, written beside it, so that whoever analyses it is told. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../node/atomic-write.ts";
import type { CountedOutcome } from "../system/served-system.ts";

const schema = z.looseObject({ metric: z.string(), counted: z.string() });

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
  const counted = countedIn(readFileSync(beside, "utf8"));
  return counted === undefined
    ? `what a value of 1 counts is not known: ${beside} cannot be read`
    : `a value of 1 counts ${counted}`;
}

/** Undefined for what no service wrote. */
function countedIn(text: string): string | undefined {
  try {
    return schema.parse(JSON.parse(text)).counted;
  } catch {
    return undefined;
  }
}

function pathBeside(path: string): string {
  return path.replace(/\.csv$/u, ".counted.json");
}
