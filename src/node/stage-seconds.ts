/** How long each stage took when it last ran in this project: what the line of progress holds the time against. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StageOutcome } from "../system/pipeline.ts";
import { writeFileAtomically } from "./atomic-write.ts";

const FILE = "stage-seconds.json";

/** By the name of the stage; empty where nothing is known. A file that cannot be read says nothing. */
export function readStageSeconds(root: string): ReadonlyMap<string, number> {
  try {
    const known: unknown = JSON.parse(readFileSync(join(root, ".heptad", FILE), "utf8"));
    const entries = Object.entries(known ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
    return new Map(entries);
  } catch {
    return new Map();
  }
}

/** Remembers what ran. A disk that takes nothing costs only the guess. */
export function keepStageSeconds(root: string, outcomes: readonly StageOutcome[]): void {
  const ran = outcomes.filter(({ cached }) => !cached);
  if (ran.length === 0) return;
  const known = new Map(readStageSeconds(root));
  for (const { stage, seconds } of ran) known.set(stage.name, Number(seconds.toPrecision(3)));
  try {
    writeFileAtomically(join(root, ".heptad", FILE), `${JSON.stringify(Object.fromEntries(known))}\n`, {
      flush: false,
    });
  } catch {
    // Only the guess of the time left is lost.
  }
}
