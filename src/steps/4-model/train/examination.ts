/** How often each place of a list is looked at: what the strength of a click is divided by, so that being on top does not look like being liked. */

import type { StageResult } from "../../../system/stage.ts";

/** Relative to place 1, from place 1 on. Null leaves clicks as they are. */
export type Examination = Float64Array | null;

const COLUMN = "examination";

/** As a column of the stage that estimated it. */
export function examinationToStored(examination: Float64Array): Readonly<Record<string, Float64Array>> {
  return { [COLUMN]: examination };
}

/** As a stage left it; null where nothing logs where items stood. */
export function examinationFromStored({ arrays }: Pick<StageResult, "arrays">): Examination {
  const column = arrays[COLUMN];
  return column instanceof Float64Array ? column : null;
}
