/** The model that decides once it is served: a plan's trees with the calibration and the threshold that the earlier rounds give them. */

import { dayNumber } from "../../../core/day.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import type { StageContext } from "../../../system/stage.ts";
import { answeringOf } from "../../4-model/answering-stage.ts";
import { treesFromJson } from "../../4-model/models/classifier.ts";
import type { TreesModel } from "../../4-model/models/trees-model.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import type { Calibration } from "../optimize/calibrate-scores.ts";
import { type AlertPolicy, alertThreshold } from "./alert-policy.ts";
import {
  type JudgedClassifier,
  type JudgedRounds,
  joinColumns,
  judgeClassifier,
  probabilitiesOf,
} from "./judged-classifier.ts";

export interface DecidingModel {
  readonly trees: TreesModel;
  readonly calibration: Calibration;
  /** Cases of at least this probability are looked at; Infinity where no earlier round could give one. */
  readonly threshold: number;
}

/** What of a note decides. */
export interface DecidingPlan {
  /** The classifiers of step 4; the first trees decide. */
  readonly classifiers: readonly ClassifierPlan[];
  readonly policy: AlertPolicy;
}

/** The plan's trees. Throws where it has none: such a plan is not to be let through. */
export function decidingTrees<One extends Pick<ClassifierPlan, "subject" | "choices">>({
  classifiers,
}: {
  readonly classifiers: readonly One[];
}): One {
  const trees = answeringOf(classifiers, ({ choices }) => choices[0].model);
  if (trees === undefined) throw new Error("a plan without trees was let through");
  return trees;
}

/** Reads the training stage of the plan's trees. */
export async function openDecidingModel(
  plan: DecidingPlan,
  rounds: JudgedRounds,
  input: StageContext["input"],
): Promise<DecidingModel> {
  const trees = decidingTrees(plan);
  const stored = await input(classifierStageName(trees.subject));
  const judged = judgeClassifier(trees, (round) => roundScores(stored, round), rounds);
  return {
    trees: treesFromJson(isJsonObject(stored.json) ? stored.json.classifier : null),
    calibration: judged.calibration,
    threshold: thresholdOf(plan.policy, judged, rounds),
  };
}

/** Chosen on the earlier rounds alone. */
function thresholdOf(policy: AlertPolicy, judged: JudgedClassifier, { earlier, task }: JudgedRounds): number {
  const days = earlier.map(({ test }) => new Set(Array.from(test, (row) => dayNumber(task.time[row]))).size);
  return alertThreshold(policy, {
    probabilities: joinColumns(earlier.map((round) => probabilitiesOf(judged, round))),
    days: days.reduce((sum, one) => sum + one, 0),
  });
}
