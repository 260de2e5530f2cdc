/** The training of classifiers with settings chosen by average precision, which step 4 has no name for. */

import type { StageContext, StageResult } from "../../../system/stage.ts";
import { type TrainingPlan, trainClassifier } from "../../4-model/train/classifier-stage.ts";
import { averagePrecision } from "../metrics/average-precision.ts";

export function trainByAveragePrecision(plan: TrainingPlan, context: StageContext): Promise<StageResult> {
  return trainClassifier(plan, context, { name: "average precision", measure: averagePrecision });
}
