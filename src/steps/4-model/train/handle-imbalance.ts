/** Carries out on training rows what a note does about rare positives: rows left out or weighted, and how far that lifts the log-odds. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { type Imbalance, oddsFactor } from "../../3-data/sample/imbalance.ts";

/** What is learned from. */
export interface HandledRows {
  readonly rows: Int32Array;
  readonly labels: Uint8Array;
  readonly weights?: Float64Array;
  /**
   * By how much log-odds come out too high. Down-sampling that keeps a share k of the negatives gives q where the world has
   * p = q k / (q k + 1 - q), which is log-odds lower by -ln k (Dal Pozzolo et al. 2015, "Calibrating probability with undersampling for
   * unbalanced classification"; He et al. 2014, section 6.3); a weight w of the positives lifts them by ln w.
   */
  readonly lift: number;
}

/** `labels` are those of `rows`. Fails where the rows cannot be brought to the rate that is asked for. */
export function handleImbalance(
  rows: Int32Array,
  labels: Uint8Array,
  imbalance: Imbalance,
  random: Random,
): Outcome<HandledRows> {
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const negatives = labels.length - positives;
  // With one class there is nothing to handle, and training says so.
  if (imbalance.handling === "none" || positives === 0 || negatives === 0) return succeed({ rows, labels, lift: 0 });
  const factor = oddsFactor(imbalance, positives / labels.length);
  if (imbalance.handling !== "downsample") {
    const weights = Float64Array.from(labels, (one) => (one === 1 ? factor : 1));
    return succeed({ rows, labels, weights, lift: Math.log(factor) });
  }
  const wanted = Math.round(negatives / factor);
  if (wanted < 1 || wanted > negatives) return fail(cannotSample(wanted, positives, negatives));
  const kept = drawKept(labels, wanted, negatives, random);
  return succeed({
    rows: rows.filter((_, at) => kept[at] === 1),
    labels: labels.filter((_, at) => kept[at] === 1),
    lift: Math.log(factor),
  });
}

/** 1 for every positive and for exactly `wanted` of the negatives (Knuth's selection sampling). */
export function drawKept(labels: Uint8Array, wanted: number, negatives: number, random: Random): Uint8Array {
  let [open, left] = [wanted, negatives];
  return labels.map((label) => {
    if (label === 1) return 1;
    const isKept = random.below(left--) < open;
    if (isKept) open--;
    return Number(isKept);
  });
}

function cannotSample(wanted: number, positives: number, negatives: number): Failure {
  const share = formatShare(positives / (positives + negatives), 2);
  return {
    code: "bad-imbalance",
    message:
      wanted < 1
        ? `down-sampling as written keeps none of ${formatNumber(negatives)} honest training rows`
        : `down-sampling cannot make positives rarer: they are ${share} of a round's training rows already`,
    where: "section 3, imbalance",
    fix: wanted < 1 ? "keep a larger share" : "write a higher `rate-after`, or `keep`",
  };
}
