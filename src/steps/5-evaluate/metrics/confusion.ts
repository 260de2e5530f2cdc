/** The confusion matrix of a binary decision, and the ratios read from it. */

/** Counts of decisions by what was true. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** The matrix of flagging every row with score >= `threshold`. A NaN score is flagged by no threshold: check scores first. */
export function confusionAt(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Confusion {
  let tp = 0;
  let fp = 0;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    positives += labels[i];
    if (scores[i] >= threshold) {
      tp += labels[i];
      fp += 1 - labels[i];
    }
  }
  return { tp, fp, fn: positives - tp, tn: labels.length - positives - fp };
}

/** tp / (tp + fp). NaN when nothing was flagged: scikit-learn prints 0 there, with a warning. */
export function precisionOf({ tp, fp }: Confusion): number {
  return tp / (tp + fp);
}

/** tp / (tp + fn), the true positive rate. NaN without positives. */
export function recallOf({ tp, fn }: Confusion): number {
  return tp / (tp + fn);
}

/** fp / (fp + tn). NaN without negatives. */
export function falsePositiveRateOf({ fp, tn }: Confusion): number {
  return fp / (fp + tn);
}

/** (tp + tn) over all. */
export function accuracyOf({ tp, fp, fn, tn }: Confusion): number {
  return (tp + tn) / (tp + fp + fn + tn);
}

/** (1 + b^2) tp / ((1 + b^2) tp + b^2 fn + fp), which is F-beta (van Rijsbergen 1979): b > 1 favours recall. NaN when no row is positive or flagged. */
export function fBetaOf({ tp, fp, fn }: Confusion, beta = 1): number {
  const weight = beta * beta;
  return ((1 + weight) * tp) / ((1 + weight) * tp + weight * fn + fp);
}

/** tp / (tp + fp + fn). */
export function jaccardOf({ tp, fp, fn }: Confusion): number {
  return tp / (tp + fp + fn);
}

/** Matthews's correlation (1975) of truth and decision. 0 when a row or column of the matrix is empty, as its limit is. */
export function mccOf({ tp, fp, fn, tn }: Confusion): number {
  const spread = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return spread === 0 ? 0 : (tp * tn - fp * fn) / spread;
}

/** Mean of the recalls of both classes. NaN without both. */
export function balancedAccuracyOf({ tp, fp, fn, tn }: Confusion): number {
  return (tp / (tp + fn) + tn / (tn + fp)) / 2;
}

/** Cohen's kappa (1960): agreement beyond what the margins give by chance. NaN when chance alone agrees fully. */
export function kappaOf(confusion: Confusion): number {
  const { tp, fp, fn, tn } = confusion;
  const n = tp + fp + fn + tn;
  const chance = ((tp + fp) * (tp + fn) + (tn + fp) * (tn + fn)) / (n * n);
  return (accuracyOf(confusion) - chance) / (1 - chance);
}
