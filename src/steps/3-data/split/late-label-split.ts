/** Rounds of learning from labels that arrive late: a training period, the wait for its labels, and the days that are judged. */

import { DAY, dayNumber, dayText } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import { plural } from "../../../core/plural.ts";
import { type ScoredTask, unitOf } from "../scored-task.ts";
import { firstEventAt } from "../time-order.ts";

/** Lengths in whole days. */
export type LateLabelPeriods = {
  readonly train: number;
  /** Days until a label is known. */
  readonly delay: number;
  readonly test: number;
};

/** One round: what a model may learn from, and what it is judged on. */
export interface Round {
  /** Day number on which judging begins. */
  readonly testDay: number;
  /** Rows from `trainFrom` up to `trainUntil`. */
  readonly trainFrom: number;
  readonly trainUntil: number;
  /** Rows of the test days whose label arrives, and whose unit had not left by then: nobody needs a model for a card that is blocked. */
  readonly test: Int32Array;
}

/**
 * The round whose judged days begin on day `testDay`. Where units leave, one has left, from the training period on, when a positive case of
 * it is older than the delay on the judged day (the protocol of Le Borgne et al. 2022, chapter 3 of the Fraud Detection Handbook).
 * Throws a `FailureError` where a period lies outside of the data.
 */
export function lateLabelRound(task: ScoredTask, testDay: number, { train, delay, test }: LateLabelPeriods): Round {
  const { time, label, knownAt, leaves } = task;
  const unit = unitOf(task);
  const rowAt = (day: number): number => firstEventAt(time, day * DAY);
  const trainDay = testDay - delay - train;
  const [trainFrom, trainUntil] = [rowAt(trainDay), rowAt(trainDay + train)];
  const hasLeft = new Uint8Array(unit.count);
  const learn = (from: number, until: number): void => {
    for (let row = from; leaves !== "" && row < until; row++) if (label[row] === 1) hasLeft[unit.rows[row]] = 1;
  };
  const isJudged = (row: number): boolean =>
    hasLeft[unit.rows[row]] === 0 && (knownAt === undefined || knownAt[row] < Number.POSITIVE_INFINITY);
  learn(trainFrom, trainUntil);
  const judged: number[] = [];
  for (let day = testDay; day < testDay + test; day++) {
    learn(rowAt(day - delay - 1), rowAt(day - delay));
    for (let row = rowAt(day); row < rowAt(day + 1); row++) if (isJudged(row)) judged.push(row);
  }
  const isInside = time.length > 0 && trainDay >= dayNumber(time[0]) && trainFrom < trainUntil && judged.length > 0;
  if (isInside) return { testDay, trainFrom, trainUntil, test: Int32Array.from(judged) };
  throw new FailureError({
    code: "empty-part",
    message: `${plural(train, "day")} of training, ${plural(delay, "day")} of delay and ${plural(test, "day")} of test from ${dayText(testDay)} do not fit into the data${time.length === 0 ? "" : `, which run from ${dayText(dayNumber(time[0]))} to ${dayText(dayNumber(time[time.length - 1]))}`}`,
    where: "section 3, split",
    fix: "name another `test-start`, or shorten the periods",
  });
}

/** The rows that a round may learn from: those of its training days whose label is known before the judged days begin. */
export function trainingRows({ knownAt }: Pick<ScoredTask, "knownAt">, round: Round): Int32Array {
  const { trainFrom, trainUntil, testDay } = round;
  const rows = Int32Array.from({ length: trainUntil - trainFrom }, (_, at) => trainFrom + at);
  return knownAt === undefined ? rows : rows.filter((row) => knownAt[row] <= testDay * DAY);
}
