/** A classifier as it is judged: its scores of every round, and the calibration that the earlier rounds give it. */

import { dayNumber } from "../../../core/day.ts";
import { type Transactions, transactionsFromStored } from "../../../kinds/fraud-detection/transactions.ts";
import { TRANSACTIONS_STAGE } from "../../../kinds/fraud-detection/transactions-stage.ts";
import type { StageContext } from "../../../system/stage.ts";
import type { Round } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, type Rounds, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { calibrationBins, expectedCalibrationError } from "../metrics/calibration.ts";
import type { ScoredCases } from "../metrics/metric.ts";
import { type Calibration, fitCalibration, probabilityOf } from "../optimize/calibrate-scores.ts";

/** The payments with the rounds they are judged in. */
export interface JudgedRounds extends Rounds {
  readonly transactions: Transactions;
}

/** Reads `TRANSACTIONS_STAGE` and `ROUNDS_STAGE`. */
export async function openJudgedRounds(input: StageContext["input"]): Promise<JudgedRounds> {
  return {
    transactions: transactionsFromStored(await input(TRANSACTIONS_STAGE)),
    ...roundsFromStored(await input(ROUNDS_STAGE)),
  };
}

export interface JudgedClassifier {
  readonly subject: string;
  /** Scores of the round's judged rows. */
  readonly scores: (round: Round) => Float64Array;
  readonly calibration: Calibration;
  /** Mean average precision on the earlier rounds: what decides which one is deployed. */
  readonly earlier: number;
}

/** Calibrates on the earlier rounds; without any, or where they hold one class only, scores stay as they are. */
export function judgeClassifier(
  { subject, calibration: method }: Pick<ClassifierPlan, "subject" | "calibration">,
  scores: (round: Round) => Float64Array,
  { earlier, transactions }: JudgedRounds,
): JudgedClassifier {
  const each = earlier.map((round) => averagePrecision(labelsOf(transactions, round.test), scores(round)));
  const pooled = {
    scores: joinColumns(earlier.map(scores)),
    labels: joinColumns(earlier.map((round) => labelsOf(transactions, round.test))),
  };
  const fitted = fitCalibration(earlier.length === 0 ? "none" : method, pooled);
  return {
    subject,
    scores,
    calibration: fitted.ok ? fitted.value : { method: "none" },
    earlier: each.reduce((sum, value) => sum + value, 0) / each.length,
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

/** 1 for each of the rows that turned out to be fraud. */
export function labelsOf({ fraud }: Transactions, rows: Int32Array): Uint8Array {
  const labels = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) labels[at] = fraud[rows[at]];
  return labels;
}

/** Some rows of the payments with their scores. */
export function casesOf(
  { transactions }: Pick<JudgedRounds, "transactions">,
  rows: Int32Array,
  scores: Float64Array,
): ScoredCases {
  const { time, customer } = transactions;
  return {
    day: rows.map((row) => dayNumber(time[row])),
    unit: rows.map((row) => customer[row]),
    labels: labelsOf(transactions, rows),
    scores,
  };
}

/** Calibrated probabilities of the round's judged rows. */
export function probabilitiesOf({ calibration, scores }: JudgedClassifier, round: Round): Float64Array {
  return scores(round).map((score) => probabilityOf(calibration, score));
}

/** Expected calibration error on the test days. */
export function calibrationErrorOf(judged: JudgedClassifier, { transactions, final }: JudgedRounds): number {
  return calibrationError(labelsOf(transactions, final.test), probabilitiesOf(judged, final));
}

/** In 20 bins of equal mass. */
export function calibrationError(labels: Uint8Array, probabilities: Float64Array): number {
  return expectedCalibrationError(calibrationBins(labels, probabilities, { bins: 20, binning: "equal mass" }));
}
