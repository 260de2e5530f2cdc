/** Isotonic calibration: the rising step curve from scores to probabilities that fits best. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { type CalibrationRows, rejectCalibrationRows } from "./calibration-rows.ts";

/** Points with rising scores; between them the curve is straight, beyond them flat. */
export interface IsotonicCalibration {
  readonly method: "isotonic";
  readonly scores: readonly number[];
  /** As many as scores, never falling. */
  readonly probabilities: readonly number[];
}

/** Neighbouring scores that share one probability. */
interface Block {
  from: number;
  to: number;
  weight: number;
  positives: number;
}

/**
 * Pool adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002): neighbours whose rates fall are merged until none does. Needs
 * more rows than Platt scaling: a thousand positives rather than a hundred. Fails with the codes of `rejectCalibrationRows`.
 */
export function fitIsotonicCalibration(rows: CalibrationRows): Outcome<IsotonicCalibration> {
  const fault = rejectCalibrationRows(rows);
  if (fault !== undefined) return fail(fault);
  const blocks: Block[] = [];
  for (const block of poolTies(rows)) {
    blocks.push(block);
    while (blocks.length > 1 && rateOf(blocks[blocks.length - 2]) >= rateOf(blocks[blocks.length - 1])) {
      const last = blocks.pop();
      const before = blocks[blocks.length - 1];
      if (last === undefined) break;
      before.to = last.to;
      before.weight += last.weight;
      before.positives += last.positives;
    }
  }
  const points = blocks.flatMap((block) => {
    const probability = rateOf(block);
    const ends = block.from === block.to ? [block.from] : [block.from, block.to];
    return ends.map((score) => ({ score, probability }));
  });
  return succeed({
    method: "isotonic",
    scores: points.map(({ score }) => score),
    probabilities: points.map(({ probability }) => probability),
  });
}

/** The probability that a score stands for. */
export function applyIsotonicCalibration({ scores, probabilities }: IsotonicCalibration, score: number): number {
  let low = 0;
  let high = scores.length - 1;
  if (Number.isNaN(score)) return Number.NaN;
  if (score <= scores[low]) return probabilities[low];
  if (score >= scores[high]) return probabilities[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}

/** One block per distinct score, in rising order; rows of weight 0 say nothing. */
function poolTies({ scores, labels, weights }: CalibrationRows): Block[] {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[a] - scores[b]);
  const blocks: Block[] = [];
  for (const row of order) {
    const weight = weights?.[row] ?? 1;
    if (weight === 0) continue;
    const last = blocks.at(-1);
    if (last?.from === scores[row]) {
      last.weight += weight;
      last.positives += weight * labels[row];
    } else blocks.push({ from: scores[row], to: scores[row], weight, positives: weight * labels[row] });
  }
  return blocks;
}

function rateOf({ positives, weight }: Block): number {
  return positives / weight;
}
