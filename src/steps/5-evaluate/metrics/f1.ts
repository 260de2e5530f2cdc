/** F1 of several classes: macro, micro or weighted by how often a class is true. */

import { type Confusion, fBetaOf } from "./confusion.ts";
import type { PredictionMetric } from "./metric.ts";

/** `macro` is the plain mean over classes, `micro` pools the counts (and equals accuracy), `weighted` weighs by true counts. */
export type Averaging = "macro" | "micro" | "weighted";

/** Averaged F1 of class numbers. A class that occurs on either side counts; one that is never right counts 0. NaN for no rows. */
export function averagedF1(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  averaging: Averaging = "macro",
): number {
  const matrices = [...confusionByClass(truth, predicted).values()];
  if (averaging === "micro") {
    const pooled = { tp: 0, fp: 0, fn: 0, tn: 0 };
    for (const { tp, fp, fn } of matrices) {
      pooled.tp += tp;
      pooled.fp += fp;
      pooled.fn += fn;
    }
    return fBetaOf(pooled);
  }
  let sum = 0;
  let weights = 0;
  for (const matrix of matrices) {
    const weight = averaging === "weighted" ? matrix.tp + matrix.fn : 1;
    sum += weight * fBetaOf(matrix);
    weights += weight;
  }
  return sum / weights;
}

/** One matrix per class, of that class against the rest. */
function confusionByClass(truth: ArrayLike<number>, predicted: ArrayLike<number>): ReadonlyMap<number, Confusion> {
  const counts = new Map<number, { tp: number; fp: number; fn: number }>();
  const of = (label: number): { tp: number; fp: number; fn: number } => {
    const known = counts.get(label);
    if (known !== undefined) return known;
    const fresh = { tp: 0, fp: 0, fn: 0 };
    counts.set(label, fresh);
    return fresh;
  };
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === predicted[i]) of(truth[i]).tp++;
    else {
      of(truth[i]).fn++;
      of(predicted[i]).fp++;
    }
  }
  return new Map(
    [...counts].map(([label, { tp, fp, fn }]) => [label, { tp, fp, fn, tn: truth.length - tp - fp - fn }]),
  );
}

/** The metric `f1`. */
export const f1: PredictionMetric = {
  name: "f1",
  aliases: ["f1 score", "f-score"],
  over: "predictions",
  cutoff: "none",
  direction: "higher is better",
  definition: "harmonic mean of precision and recall per class, averaged over classes",
  variants: ["macro", "micro", "weighted"],
  measure: (truth, predicted, _k, variant) =>
    averagedF1(truth, predicted, variant === "micro" || variant === "weighted" ? variant : "macro"),
};
