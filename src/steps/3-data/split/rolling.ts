/** Rolling splits, the prequential protocol: a model is trained, waits for its labels, is tested on the next period, and moves on. */

import { FailureError } from "../../../core/outcome.ts";
import { firstEventAt } from "../time-order.ts";
import { partCode, type Split } from "./split.ts";

/** Lengths of the periods. */
export interface RollingOptions {
  /** Seconds of training; Infinity for all of the past. */
  readonly train: number;
  /** Seconds between training and test, the delay of the labels; default 0. */
  readonly gap?: number;
  /** Seconds of each test period; the next one begins where it ends. */
  readonly test: number;
  /** Test periods; default as many as the history has room for with one whole training period before. */
  readonly folds?: number;
  /** The moment at which the last test period ends; default just after the last event. */
  readonly end?: number;
}

/**
 * One split per test period, the earliest first; each has the parts train and test, and the rest unused. `time` is ascending, in
 * seconds. Source: Gama, Sebastião and Rodrigues 2013, "On evaluating stream learning algorithms". Throws a `FailureError` when
 * not even one period fits, or one is left without rows.
 */
export function splitRolling(time: Float64Array, options: RollingOptions): readonly Split[] {
  const { train, gap = 0, test } = options;
  const last = time.length === 0 ? 0 : time[time.length - 1] + 1;
  const { end = last } = options;
  const history = end - (time.length === 0 ? end : time[0]);
  const room = Math.floor((history - gap - (train === Number.POSITIVE_INFINITY ? test : train)) / test);
  const folds = options.folds ?? room;
  if (folds < 1) {
    throw new FailureError({
      code: "empty-part",
      message: "the history is too short for one training period, the gap and one test period",
      where: "section 3, split",
      fix: "shorten `train`, `gap` or `test`",
    });
  }
  return Array.from({ length: folds }, (_, fold) => splitAt(time, end - (folds - fold) * test, { train, gap, test }));
}

function splitAt(
  time: Float64Array,
  testStart: number,
  { train, gap, test }: { readonly train: number; readonly gap: number; readonly test: number },
): Split {
  const part = new Uint8Array(time.length).fill(partCode("unused"));
  const trainEnd = testStart - gap;
  part.fill(partCode("train"), firstEventAt(time, trainEnd - train), firstEventAt(time, trainEnd));
  part.fill(partCode("test"), firstEventAt(time, testStart), firstEventAt(time, testStart + test));
  for (const name of ["train", "test"] as const) {
    if (part.includes(partCode(name))) continue;
    throw new FailureError({
      code: "empty-part",
      message: `the test period from ${new Date(testStart * 1000).toISOString()} has nothing to ${name}`,
      where: "section 3, split",
      fix: "use fewer or longer periods",
    });
  }
  return { description: "rolling: trained before each test period, and moved on with it", part, testStart };
}
