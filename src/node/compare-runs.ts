/** Compares two runs: figures side by side, and the headline metric request by request where both runs' results are still kept. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../core/figure.ts";
import { FailureError } from "../core/outcome.ts";
import { pairEvaluations } from "../steps/5-evaluate/protocols/pair-evaluations.ts";
import { EVALUATION_STAGE } from "../system/evaluation.ts";
import { type RunRecord, readRunRecord } from "../system/run-record.ts";
import type { StageResult } from "../system/stage.ts";
import { unlikeData, unlikeRuns } from "../system/unlike-runs.ts";
import { cacheFolder, projectRoot } from "./project-folder.ts";
import { createDiskStore } from "./result-store.ts";
import { sealOf } from "./run-seal.ts";

export interface RunComparison {
  readonly before: RunRecord;
  readonly after: RunRecord;
  /** Paired differences, after minus before, by subject of the evaluation; empty where they cannot be paired. */
  readonly differences: readonly Figure[];
  /** Why nothing could be paired; empty where something was. */
  readonly why: string;
  /** Why their figures cannot be held against each other; empty where their records say nothing against it. */
  readonly unlike: readonly string[];
  /** Records without the checksum that a run's folder has: their figures are taken as they stand. */
  readonly unsealed: readonly string[];
}

/** `path` is a run's folder or its run.json. Throws a `FailureError` where there is no run. */
export async function compareRuns(beforePath: string, afterPath: string): Promise<RunComparison> {
  const [before, after] = [beforePath, afterPath].map(readRun);
  const results = await Promise.all([evaluationOf(before, beforePath), evaluationOf(after, afterPath)]);
  const paired = pair(results[0], results[1], before, after);
  const unsealed = [beforePath, afterPath].map(recordFile).filter((file) => sealOf(file) === "none");
  const known = { before, after, unsealed, unlike: unlikeRuns(before, after) };
  return typeof paired === "string"
    ? { ...known, differences: [], why: paired }
    : { ...known, differences: paired, why: "" };
}

function recordFile(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, "run.json") : path;
}

function readRun(path: string): RunRecord {
  const file = recordFile(path);
  if (!existsSync(file)) {
    throw new FailureError({
      code: "no-such-run",
      message: `there is no run at ${path}`,
      fix: "give a folder under runs/<design>/, or its run.json",
    });
  }
  if (sealOf(file) === "altered")
    throw new FailureError({
      code: "altered-run",
      message: `${file} is not what the run wrote: a figure may have been changed, so it is compared with nothing`,
      fix: "run the design again: what did not change is kept, so that it takes seconds",
    });
  const record = readRunRecord(readJson(file));
  if (record === "older")
    throw new FailureError({
      code: "older-run",
      message: `${file} was written by an older version, whose figures lack what a comparison needs`,
      fix: "run the design again: what did not change is kept, so that it takes seconds",
    });
  if (record !== undefined) return record;
  throw new FailureError({
    code: "not-a-run",
    message: `${file} is not the record of a run`,
    fix: "give a run.json that heptad run wrote",
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Under one key lies one result. */
function keyOf({ steps }: RunRecord): string | undefined {
  return steps.find(({ stage }) => stage === EVALUATION_STAGE)?.key;
}

async function evaluationOf(run: RunRecord, path: string): Promise<StageResult | undefined> {
  const key = keyOf(run);
  if (key === undefined) return undefined;
  // A comparison only reads: how much is kept is the next run's affair.
  return createDiskStore(cacheFolder(projectRoot(path)), { limitBytes: Number.POSITIVE_INFINITY }).read(key);
}

function pair(
  a: StageResult | undefined,
  b: StageResult | undefined,
  before: RunRecord,
  after: RunRecord,
): readonly Figure[] | string {
  if (a === undefined || b === undefined)
    return "the results of one of the runs are no longer in .heptad/cache; run the design again";
  if (unlikeData(before, after).length > 0) return "the two runs read different data";
  return pairEvaluations(a, b, keyOf(before) === keyOf(after));
}
