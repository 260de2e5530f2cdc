/** Calibration: how often answers were right when one said one was this sure. */

import type { AnswerRecord } from "./history.ts";

export interface CalibrationBin {
  /** The mean of the stated confidences. */
  readonly stated: number;
  /** The share that was right; close is not right. */
  readonly right: number;
  readonly answers: number;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Mean squared difference of confidence and outcome: 0 is perfect, 0.25 is saying 50 % always. */
  readonly brier: number;
  /** Mean confidence less the share right: above zero is overconfident. */
  readonly bias: number;
  readonly answers: number;
}

const BINS = 5;

/** Undefined where no confidence was ever stated. Unanswered questions are left out. */
export function calibration(answers: readonly AnswerRecord[]): Calibration | undefined {
  const stated = answers.flatMap(({ confidence, verdict }) =>
    confidence === undefined || verdict === "unanswered" ? [] : [{ confidence, right: verdict === "right" ? 1 : 0 }],
  );
  if (stated.length === 0) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const bins = Array.from({ length: BINS }, (_, i) =>
    stated.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === i),
  )
    .filter((bin) => bin.length > 0)
    .map((bin) => ({
      stated: mean(bin.map((one) => one.confidence)),
      right: mean(bin.map((one) => one.right)),
      answers: bin.length,
    }));
  return {
    bins,
    brier: mean(stated.map(({ confidence, right }) => (confidence - right) ** 2)),
    bias: mean(stated.map(({ confidence, right }) => confidence - right)),
    answers: stated.length,
  };
}
