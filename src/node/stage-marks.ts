/** What each stage of a note was planned with when it ran last: what a later plan is held against to say why something runs again. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import type { StageMark } from "../system/runs-again.ts";
import type { Stage } from "../system/stage.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { runsFolder } from "./project-folder.ts";

const schema = z.record(
  z.string(),
  z.strictObject({ plan: z.string(), data: z.string(), seed: z.number(), version: z.string() }),
);

/** By the name of the stage; empty where nothing is known. A file that cannot be read says nothing. */
export function readStageMarks(root: string, path: string): Readonly<Record<string, StageMark>> {
  try {
    return schema.parse(JSON.parse(readFileSync(fileOf(root, path), "utf8")));
  } catch {
    return {};
  }
}

export function markOf({ plan, data }: Stage, seed: number, version: string): StageMark {
  return { plan, data: data.fingerprint, seed, version };
}

/** A disk that takes nothing costs only the reasons. */
export function keepStageMarks(
  root: string,
  path: string,
  marks: readonly (readonly [stage: string, mark: StageMark])[],
): void {
  try {
    writeFileAtomically(fileOf(root, path), `${JSON.stringify(Object.fromEntries(marks))}\n`, { flush: false });
  } catch {
    // Nothing of the run is lost.
  }
}

function fileOf(root: string, path: string): string {
  return join(root, ".heptad", "stage-marks", `${basename(runsFolder(root, path))}.json`);
}
