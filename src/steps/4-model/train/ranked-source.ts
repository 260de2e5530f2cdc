/** A ranked task as models of a run read it: which stage stored it, how much each kind of event says, and what corrects clicks for their place. */

import type { StageContext } from "../../../system/stage.ts";
import { type RankedTask, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { type Examination, examinationFromStored } from "./examination.ts";
import type { SignalWeights } from "./interaction-matrix.ts";

export interface RankedSource {
  /** The stage that stored the ranked task. */
  readonly task: string;
  readonly weights: SignalWeights;
  /** The stage that estimated how often each place is looked at; null where clicks are taken as they stand. */
  readonly examination: string | null;
}

/** Names of the stages that `openRankedSource` reads. */
export function rankedInputs({ task, examination }: RankedSource): readonly string[] {
  return examination === null ? [task] : [task, examination];
}

export async function openRankedSource(
  { task, examination }: RankedSource,
  input: StageContext["input"],
): Promise<{ readonly task: RankedTask; readonly examination: Examination }> {
  return {
    task: rankedTaskFromStored(await input(task)),
    examination: examination === null ? null : examinationFromStored(await input(examination)),
  };
}
