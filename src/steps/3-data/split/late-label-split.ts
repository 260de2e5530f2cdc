/** Rounds of learning from labels that arrive late: a training period, the wait for its labels, and the days that are judged. */

import { DAY, dayNumber, dayText } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import type { Transactions } from "../../../kinds/fraud-detection/transactions.ts";
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
  /** Rows of the test days whose card was not known to be compromised: nobody needs a model for a card that is blocked. */
  readonly test: Int32Array;
}

/**
 * The round whose judged days begin on day `testDay`. A card is known to be compromised, from the training period on, when a fraud on
 * it is older than the delay on the judged day (the protocol of Le Borgne et al. 2022, chapter 3 of the Fraud Detection Handbook).
 * Throws a `FailureError` where a period lies outside of the data.
 */
export function lateLabelRound(
  { time, customer, fraud, customers }: Transactions,
  testDay: number,
  { train, delay, test }: LateLabelPeriods,
): Round {
  const rowAt = (day: number): number => firstEventAt(time, day * DAY);
  const trainDay = testDay - delay - train;
  const [trainFrom, trainUntil] = [rowAt(trainDay), rowAt(trainDay + train)];
  const known = new Uint8Array(customers);
  const learn = (from: number, until: number): void => {
    for (let row = from; row < until; row++) if (fraud[row] === 1) known[customer[row]] = 1;
  };
  learn(trainFrom, trainUntil);
  const judged: number[] = [];
  for (let day = testDay; day < testDay + test; day++) {
    learn(rowAt(day - delay - 1), rowAt(day - delay));
    for (let row = rowAt(day); row < rowAt(day + 1); row++) if (known[customer[row]] === 0) judged.push(row);
  }
  const isInside = time.length > 0 && trainDay >= dayNumber(time[0]) && trainFrom < trainUntil && judged.length > 0;
  if (isInside) return { testDay, trainFrom, trainUntil, test: Int32Array.from(judged) };
  throw new FailureError({
    code: "empty-part",
    message: `${train} days of training, ${delay} days of delay and ${test} days of test from ${dayText(testDay)} do not fit into the data${time.length === 0 ? "" : `, which run from ${dayText(dayNumber(time[0]))} to ${dayText(dayNumber(time[time.length - 1]))}`}`,
    where: "section 3, split",
    fix: "name another `test-start`, or shorten the periods",
  });
}
