/** What a run of a note would do at this moment: which stages run again and why, and about how long it takes. Nothing is run. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunLoad } from "../kinds/run-load.ts";
import type { Machine } from "../system/need.ts";
import { keysOf } from "../system/pipeline.ts";
import { runsAgain, type StageAgain } from "../system/runs-again.ts";
import { resultVersion } from "./code-version.ts";
import { readMachine } from "./machine.ts";
import { cacheFolder, projectRoot } from "./project-folder.ts";
import { openPlan, type RunRequest } from "./run-design.ts";
import { markOf, readStageMarks } from "./stage-marks.ts";
import { readStageSeconds } from "./stage-seconds.ts";

export interface PlanAgain {
  readonly stages: readonly StageAgain[];
  /** Seconds that what would run took when it ran last here; absent where a stage never ran. */
  readonly seconds: number | undefined;
  /** What reading its files takes; absent where no file is mapped. */
  readonly load?: RunLoad;
  readonly machine: Machine;
}

/** Throws a `FailureError` for a note that cannot be run. */
export async function planAgain(request: RunRequest): Promise<PlanAgain> {
  const root = projectRoot(request.path);
  const { plan, environment, seed, close } = await openPlan(request);
  try {
    const version = resultVersion();
    const keys = await keysOf(plan.stages, { environment, seed, codeVersion: version });
    const marks = readStageMarks(root, request.path);
    const stages = runsAgain(
      plan.stages.map((stage) => ({
        ...markOf(stage, seed, version),
        name: stage.name,
        step: stage.step,
        title: stage.title,
        inputs: stage.inputs,
        isKept: existsSync(join(cacheFolder(root), keys.get(stage.name) ?? "")),
      })),
      marks,
    );
    const known = readStageSeconds(root);
    const again = stages.filter((one) => one.again);
    // Seconds are kept by the stage's name: those of a stage that this note never ran are another note's.
    const isKnown = again.every(({ name }) => known.has(name) && Object.hasOwn(marks, name));
    const seconds = again.reduce((sum, { name }) => sum + (known.get(name) ?? 0), 0);
    return {
      stages,
      seconds: isKnown ? seconds : undefined,
      load: plan.load,
      machine: environment.machine ?? readMachine(),
    };
  } finally {
    await close();
  }
}
