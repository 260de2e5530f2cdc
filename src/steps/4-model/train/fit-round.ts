/** One round of late labels as a classifier sees it: rows to learn from with imbalance handled, rows to judge, and the fit. */

import { type Failure, FailureError, type Outcome, succeed, unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Environment } from "../../../system/environment.ts";
import type { StageResult } from "../../../system/stage.ts";
import { featureTable } from "../../3-data/features/features-stage.ts";
import type { Imbalance } from "../../3-data/sample/imbalance.ts";
import { labelsOf, type ScoredTask } from "../../3-data/scored-task.ts";
import { type Round, trainingRows } from "../../3-data/split/late-label-split.ts";
import {
  type Classifier,
  type ClassifierChoice,
  type ClassifierRows,
  fitClassifier,
  liftLogOdds,
} from "../models/classifier.ts";
import { handleImbalance } from "./handle-imbalance.ts";

export interface OpenRound {
  readonly training: ClassifierRows;
  /** How far handling lifts the log-odds that are learned. */
  readonly lift: number;
  readonly test: ClassifierRows["features"];
  readonly testLabels: Uint8Array;
}

/** The same random draws the same sample of a round, whoever asks. Fails where imbalance cannot be handled as asked. */
export function openRound(
  task: ScoredTask,
  features: Pick<StageResult, "json" | "arrays">,
  round: Round,
  imbalance: Imbalance,
  random: Random,
): Outcome<OpenRound> {
  const { testDay, test } = round;
  const all = trainingRows(task, round);
  const allLabels = labelsOf(task, all);
  const handled = handleImbalance(all, allLabels, imbalance, random.fork(`sample ${testDay}`));
  if (!handled.ok) return handled;
  const { rows, lift, ...target } = handled.value;
  return succeed({
    training: { features: featureTable(features, rows), ...target },
    lift,
    test: featureTable(features, test),
    testLabels: labelsOf(task, test),
  });
}

/**
 * Fits on the round, and takes the lift of the log-odds back where the note asks for corrected probabilities. Throws a `FailureError` where
 * the round cannot be learned from.
 */
export async function fitRound(
  choice: ClassifierChoice,
  { training, lift }: OpenRound,
  { corrected }: Imbalance,
  random: Random,
  { pool, machine, scratch }: Pick<Environment, "pool" | "machine" | "scratch">,
): Promise<Classifier> {
  const fitted = await fitClassifier(choice, training, { random: random.fork("fit"), pool, machine, scratch });
  if (!fitted.ok && fitted.failure.code === "one-class") throw new FailureError(ONE_CLASS);
  const classifier = unwrap(fitted);
  return corrected ? liftLogOdds(classifier, -lift) : classifier;
}

const ONE_CLASS: Failure = {
  code: "one-class",
  message: "in the training days of a round every case has the same label: there is nothing to tell apart",
  where: "section 3, split",
  fix: "train on more days (`train`), or choose settings on fewer earlier weeks (`validation`)",
};
