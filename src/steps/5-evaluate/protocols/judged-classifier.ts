/** A classifier as it is judged: its scores of every round, and the calibration that the earlier rounds give it. */

import { dayNumber } from "../../../core/day.ts";
import { meanOfMeasured } from "../../../core/mean-of-measured.ts";
import type { StageContext } from "../../../system/stage.ts";
import { labelsOf, type ScoredTask, scoredTaskFromStored, unitOf } from "../../3-data/scored-task.ts";
import type { Round } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, type Rounds, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { calibrationBins, expectedCalibrationError } from "../metrics/calibration.ts";
import type { ScoredCases } from "../metrics/metric.ts";
import { type Calibration, fitCalibration, probabilityOf } from "../optimize/calibrate-scores.ts";

/** The cases with the rounds they are judged in. */
export interface JudgedRounds extends Rounds {
  readonly task: ScoredTask;
}

/** Reads `ROUNDS_STAGE`, and the stage called `task`, which stored the task. */
export async function openJudgedRounds(task: string, input: StageContext["input"]): Promise<JudgedRounds> {
  return { task: scoredTaskFromStored(await input(task)), ...roundsFromStored(await input(ROUNDS_STAGE)) };
}

export interface JudgedClassifier {
  readonly subject: string;
  /** Scores of the round's judged rows. */
  readonly scores: (round: Round) => Float64Array;
  readonly calibration: Calibration;
  /** Mean average precision on the earlier rounds that hold a positive: what decides which one is deployed. NaN where none does. */
  readonly earlier: number;
}

/** Calibrates on the earlier rounds; without any, or where they hold one class only, scores stay as they are. */
export function judgeClassifier(
  { subject, calibration: method }: Pick<ClassifierPlan, "subject" | "calibration">,
  scores: (round: Round) => Float64Array,
  { earlier, task }: JudgedRounds,
): JudgedClassifier {
  const pooled = {
    scores: joinColumns(earlier.map(scores)),
    labels: joinColumns(earlier.map((round) => labelsOf(task, round.test))),
  };
  const fitted = fitCalibration(earlier.length === 0 ? "none" : method, pooled);
  let mean: number | undefined;
  return {
    subject,
    scores,
    calibration: fitted.ok ? fitted.value : { method: "none" },
    // Who compares classifiers asks for it, more than once; a service that opens its model does not.
    get earlier() {
      mean ??= meanOfMeasured(earlier.map((round) => averagePrecision(labelsOf(task, round.test), scores(round))));
      return mean;
    },
  };
}

/** Columns one after the other. */
export function joinColumns(columns: readonly ArrayLike<number>[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}

/** Some rows of the cases with their scores. */
export function casesOf({ task }: Pick<JudgedRounds, "task">, rows: Int32Array, scores: Float64Array): ScoredCases {
  const { time } = task;
  const unit = unitOf(task).rows;
  return {
    day: rows.map((row) => dayNumber(time[row])),
    unit: rows.map((row) => unit[row]),
    labels: labelsOf(task, rows),
    scores,
  };
}

/** Calibrated probabilities of the round's judged rows. */
export function probabilitiesOf({ calibration, scores }: JudgedClassifier, round: Round): Float64Array {
  return scores(round).map((score) => probabilityOf(calibration, score));
}

/** Expected calibration error on the test days. */
export function calibrationErrorOf(judged: JudgedClassifier, { task, final }: JudgedRounds): number {
  return calibrationError(labelsOf(task, final.test), probabilitiesOf(judged, final));
}

/** In 20 bins of equal mass. */
export function calibrationError(labels: Uint8Array, probabilities: Float64Array): number {
  return expectedCalibrationError(calibrationBins(labels, probabilities, { bins: 20, binning: "equal mass" }));
}
