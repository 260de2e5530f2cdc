/** The model's word about a payment: a calibrated probability, held against the threshold, with the features that raised it. */

import { openAttributions } from "../../steps/4-model/models/tree-attributions.ts";
import { createTreesScorer } from "../../steps/4-model/models/trees-scorer.ts";
import { probabilityOf } from "../../steps/5-evaluate/optimize/calibrate-scores.ts";
import type { DecidingModel } from "../../steps/5-evaluate/protocols/deciding-model.ts";

export interface PaymentJudgement {
  readonly isReview: boolean;
  readonly probability: number;
  /** For a review: the features that raised the log-odds most, by exact path attributions. */
  readonly reasons: readonly string[];
}

/** Reasons given with a review. */
const REASONS = 3;

/**
 * Judges features in the order of `names`; undefined where the model gives no number. Throws where the model needs a feature that is
 * not among them.
 */
export function openPaymentJudge(
  { trees, calibration, threshold }: DecidingModel,
  names: readonly string[],
): (features: Float64Array) => PaymentJudgement | undefined {
  const probable = openPaymentProbability({ trees, calibration }, names);
  const attribute = openAttributions(trees);
  const reasonsOf = (): readonly string[] =>
    largestAbove(attribute(probable.row).contributions, REASONS).map((at) => trees.features[at].name);
  return (features) => {
    const probability = probable.of(features);
    if (!Number.isFinite(probability)) return undefined;
    const isReview = probability >= threshold;
    return { isReview, probability, reasons: isReview ? reasonsOf() : [] };
  };
}

/** The calibrated probability alone, of features in the order of `names`; NaN or infinite where the model gives no number. `row` holds them as the trees read them. */
export function openPaymentProbability(
  { trees, calibration }: Pick<DecidingModel, "trees" | "calibration">,
  names: readonly string[],
): { readonly row: Float64Array; of(features: Float64Array): number } {
  const order = Int32Array.from(trees.features, ({ name }) => names.indexOf(name));
  const missing = trees.features.find((_, at) => order[at] < 0);
  if (missing !== undefined) throw new Error(`the state has no feature ${missing.name}`);
  const scorer = createTreesScorer(trees);
  const row = new Float64Array(order.length);
  return {
    row,
    of(features) {
      for (let at = 0; at < order.length; at++) row[at] = features[order[at]];
      return probabilityOf(calibration, scorer.margin(row));
    },
  };
}

/** Where the largest numbers above 0 stand, at most `most` of them, the largest first; of equal ones the first. */
function largestAbove(numbers: Float64Array, most: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at];
    if (!(number > 0) || (found.length === most && !(number > numbers[found[most - 1]]))) continue;
    let place = found.length === most ? most - 1 : found.length;
    for (; place > 0 && numbers[found[place - 1]] < number; place--) found[place] = found[place - 1];
    found[place] = at;
  }
  return found;
}
