/** Splits by one global moment: what a model learns from lies before everything it is tested on, as it will in service. */

import { FailureError } from "../../../core/outcome.ts";
import { firstEventAt } from "../time-order.ts";
import { partCode, type Split } from "./split.ts";

/** How much goes to a part: a share of all rows, or a stretch of time. */
export type Period = { readonly share: number } | { readonly seconds: number };

/** How long the parts are. */
export interface TimeSplitOptions {
  /** Default: all that the other parts leave. */
  readonly train?: Period;
  /** Default: 10 % of the rows. */
  readonly validation?: Period;
  /** Default: 10 % of the rows. */
  readonly test?: Period;
  /** Seconds left out before each part that is not training, for labels to arrive; default 0. */
  readonly gap?: number;
}

/**
 * Test is the end of the history, validation comes before it, training before that. `time` is ascending, in seconds.
 * A cut is a moment: rows at the same moment are never parted, and those at the cut itself come after it.
 * Throws a `FailureError` when a part that should have rows has none.
 */
export function splitByTime(time: Float64Array, options: TimeSplitOptions = {}): Split {
  const { train, validation, test, gap } = settledPeriods(options);
  const end = { row: time.length, moment: time.length === 0 ? 0 : time[time.length - 1] };
  const testCut = cutBefore(time, end, test);
  const validationCut = cutBefore(time, isEmpty(test) ? end : moveBack(time, testCut, gap), validation);
  const trainEnd = isEmpty(validation) ? moveBack(time, testCut, gap) : moveBack(time, validationCut, gap);
  const trainCut =
    train === undefined ? { row: 0, moment: Number.NEGATIVE_INFINITY } : cutBefore(time, trainEnd, train);
  const part = new Uint8Array(time.length).fill(partCode("unused"));
  part.fill(partCode("train"), trainCut.row, trainEnd.row);
  part.fill(partCode("validation"), validationCut.row, isEmpty(test) ? end.row : moveBack(time, testCut, gap).row);
  part.fill(partCode("test"), testCut.row);
  checkParts(part, { train: true, validation: !isEmpty(validation), test: !isEmpty(test) });
  return {
    description: "by time: everything trained on happened before everything tested on",
    part,
    ...(trainCut.row === 0 ? {} : { trainStart: trainCut.moment }),
    ...(isEmpty(validation) ? {} : { validationStart: validationCut.moment }),
    ...(isEmpty(test) ? {} : { testStart: testCut.moment }),
  };
}

/** What is taken where a note does not say. `train` is undefined where training reaches back to the first row. */
export function settledPeriods({
  train,
  validation = { share: 0.1 },
  test = { share: 0.1 },
  gap = 0,
}: TimeSplitOptions): {
  readonly train: Period | undefined;
  readonly validation: Period;
  readonly test: Period;
  readonly gap: number;
} {
  const reachesBack = train === undefined || isAll([train, validation, test]);
  return { train: reachesBack ? undefined : train, validation, test, gap };
}

interface Cut {
  /** First row at or after the moment. */
  readonly row: number;
  readonly moment: number;
}

/** Whether a part has nothing. */
export function isEmpty(period: Period): boolean {
  return ("share" in period ? period.share : period.seconds) <= 0;
}

/** Whether shares leave nothing over: then training has what rounding would leave between them. */
function isAll(parts: readonly Period[]): boolean {
  return parts.reduce((sum, part) => sum + ("share" in part ? part.share : Number.NaN), 0) > 1 - 1e-9;
}

/** Where a part begins that ends with the cut `end`. */
function cutBefore(time: Float64Array, end: Cut, period: Period): Cut {
  if (isEmpty(period) || end.row === 0) return end;
  if ("seconds" in period) return moveBack(time, end, period.seconds);
  const row = Math.max(0, Math.min(end.row - 1, end.row - Math.round(period.share * time.length)));
  return { row: firstEventAt(time, time[row]), moment: time[row] };
}

function moveBack(time: Float64Array, { row, moment }: Cut, seconds: number): Cut {
  return seconds === 0 ? { row, moment } : { row: firstEventAt(time, moment - seconds), moment: moment - seconds };
}

function checkParts(part: Uint8Array, wanted: Readonly<Record<"train" | "validation" | "test", boolean>>): void {
  for (const name of ["train", "validation", "test"] as const) {
    if (!wanted[name] || part.includes(partCode(name))) continue;
    throw new FailureError({
      code: "empty-part",
      message: `a split of ${part.length} events by time leaves nothing to ${name}`,
      fix: "change the periods of `split`, or its `gap`",
    });
  }
}
