/** What says how probable a case is once it is served: the note's first trees as calibrated, and the regression, or the base rate, that an experiment compares with. */

import type { StageContext } from "../../../system/stage.ts";
import { logisticFromJson } from "../../4-model/models/classifier.ts";
import { logisticMargin } from "../../4-model/models/logistic-regression.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores, roundTrees } from "../../4-model/train/classifier-stage.ts";
import { probabilityOf } from "../../5-evaluate/optimize/calibrate-scores.ts";
import { decidingTrees } from "../../5-evaluate/protocols/deciding-model.ts";
import { type JudgedRounds, judgeClassifier, probabilitiesOf } from "../../5-evaluate/protocols/judged-classifier.ts";

export interface CaseModel {
  /** The stage of section 4 that answers. */
  readonly subject: string;
  readonly controlName: string;
  /** Of features in the order of the names it was opened with. */
  probability(features: Float64Array): number;
  control(features: Float64Array): number;
  /** What it said of the judged cases. */
  readonly judged: Float64Array;
}

export async function openCaseModel(
  classifiers: readonly ClassifierPlan[],
  names: readonly string[],
  rounds: JudgedRounds,
  input: StageContext["input"],
): Promise<CaseModel> {
  const trees = decidingTrees({ classifiers });
  const stored = await input(classifierStageName(trees.subject));
  const judged = judgeClassifier(trees, (round) => roundScores(stored, round), rounds);
  const models = roundTrees(stored);
  const model = models[models.length - 1];
  const scorer = createTreesScorer(model);
  const read = rowOf(names, model.features);
  return {
    subject: trees.subject,
    probability: (features) => probabilityOf(judged.calibration, scorer.margin(read(features))),
    judged: probabilitiesOf(judged, rounds.final),
    ...(await openControl(classifiers, names, rounds, input)),
  };
}

async function openControl(
  classifiers: readonly ClassifierPlan[],
  names: readonly string[],
  rounds: JudgedRounds,
  input: StageContext["input"],
): Promise<Pick<CaseModel, "controlName" | "control">> {
  const plan = classifiers.find(({ choices: [choice] }) => choice.model === "logistic-regression");
  if (plan === undefined) {
    const { trainFrom, trainUntil } = rounds.final;
    const labels = rounds.task.label.subarray(trainFrom, trainUntil);
    const rate = labels.reduce((sum, one) => sum + one, 0) / labels.length;
    return { controlName: "base rate", control: () => rate };
  }
  const stored = await input(classifierStageName(plan.subject));
  const { calibration } = judgeClassifier(plan, (round) => roundScores(stored, round), rounds);
  const model = logisticFromJson(stored.json);
  const read = rowOf(names, model.features);
  return {
    controlName: plan.subject,
    control: (features) => probabilityOf(calibration, logisticMargin(model, read(features))),
  };
}

/** Puts features into the order of a model. Throws where it needs one that is not there. */
function rowOf(
  names: readonly string[],
  needed: readonly { readonly name: string }[],
): (features: Float64Array) => Float64Array {
  const order = Int32Array.from(needed, ({ name }) => names.indexOf(name));
  const missing = needed.find((_, at) => order[at] < 0);
  if (missing !== undefined) throw new Error(`the state has no feature ${missing.name}`);
  const row = new Float64Array(order.length);
  return (features) => {
    for (let at = 0; at < order.length; at++) row[at] = features[order[at]];
    return row;
  };
}
