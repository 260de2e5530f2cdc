/** The serving path of a scored task whose features are at hand, as from a feature store in the same process: the trees, and what makes a probability of their score. */

import type { StageContext, StageResult } from "../../../system/stage.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import { ROUNDS_STAGE } from "../../3-data/split/late-label-split-stage.ts";
import { encodeRows } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores, roundTrees } from "../../4-model/train/classifier-stage.ts";
import { probabilityOf } from "../../5-evaluate/optimize/calibrate-scores.ts";
import { judgeClassifier, openJudgedRounds } from "../../5-evaluate/protocols/judged-classifier.ts";
import { measureServing, type ServingPath, type ServingPathSource, type ServingPlan } from "./serving-latency-stage.ts";

export interface ScoredPath {
  /** The stage that stored the scored task. */
  readonly task: string;
  /** The trees that are served. */
  readonly trees: Pick<ClassifierPlan, "subject" | "calibration">;
}

export function scoredPath(task: string, { subject, calibration }: ScoredPath["trees"]): ServingPathSource<ScoredPath> {
  return {
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE, classifierStageName(subject)],
    path: { task, trees: { subject, calibration } },
    run: serveScores,
  };
}

function serveScores(plan: ServingPlan<ScoredPath>, context: StageContext): Promise<StageResult> {
  return measureServing(plan, context, openScoredPath);
}

async function openScoredPath({ task, trees }: ScoredPath, input: StageContext["input"]): Promise<ServingPath> {
  const rounds = await openJudgedRounds(task, input);
  const stored = await input(classifierStageName(trees.subject));
  const { calibration } = judgeClassifier(trees, (round) => roundScores(stored, round), rounds);
  const models = roundTrees(stored);
  const model = models[models.length - 1];
  const scorer = createTreesScorer(model);
  const width = model.features.length;
  const values = encodeRows(model, featureTable(await input(FEATURES_STAGE), rounds.final.test));
  const rowAt = (at: number): Float64Array => values.subarray(at * width, (at + 1) * width);
  return {
    requests: rounds.final.test.length,
    steps: [{ name: trees.subject, serve: (at) => void probabilityOf(calibration, scorer.margin(rowAt(at))) }],
  };
}
