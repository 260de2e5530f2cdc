/** Card payments as a stream of events for features: entities customer, terminal and the transaction itself; measures amount and fraud. */

import { DAY } from "../../core/day.ts";
import type { NumericColumn } from "../../core/table.ts";
import type { EventStream, FeatureRequests } from "../../steps/3-data/features/event-stream.ts";
import type { Transactions } from "./transactions.ts";

/** The entity whose attributes are the values of the payment that is asked about. */
export const TRANSACTION = "transaction";
const HOUR = 3600;
/** Hours counted as night: up to and including this one. */
const LAST_NIGHT_HOUR = 6;

/** 1 on Saturdays and Sundays, UTC. Day 0 of 1970 was a Thursday. */
export function isWeekend(time: number): number {
  const weekday = (((Math.floor(time / DAY) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6 ? 1 : 0;
}

/** 1 from midnight until seven in the morning, UTC. */
export function isNight(time: number): number {
  const second = ((time % DAY) + DAY) % DAY;
  return Math.floor(second / HOUR) <= LAST_NIGHT_HOUR ? 1 : 0;
}

/** Amounts add up in the currency of the source; `fraud` is 0 or 1 and belongs to features with a delay only. */
export function transactionStream(transactions: Transactions): EventStream {
  const { time, amount, fraud } = transactions;
  return {
    time,
    entities: entitiesOf(transactions, undefined),
    measures: new Map([
      ["amount", { values: amount }],
      ["fraud", { values: fraud, isBinary: true }],
    ]),
    attributes: new Map([
      [
        TRANSACTION,
        new Map<string, NumericColumn>([
          ["amount", amount],
          ["weekend", flagsOf(time, isWeekend)],
          ["night", flagsOf(time, isNight)],
        ]),
      ],
    ]),
  };
}

/** A plain loop: over a million payments, `Uint8Array.from` with a function takes several times as long. */
function flagsOf(time: Float64Array, flag: (time: number) => number): Uint8Array {
  const flags = new Uint8Array(time.length);
  for (let row = 0; row < time.length; row++) flags[row] = flag(time[row]);
  return flags;
}

/** What would have been asked about these payments at their moments. */
export function transactionRequests(transactions: Transactions, rows: Int32Array): FeatureRequests {
  return {
    time: Float64Array.from(rows, (row) => transactions.time[row]),
    entities: entitiesOf(transactions, rows),
  };
}

function entitiesOf(
  { customer, terminal, customers, terminals, count }: Transactions,
  rows: Int32Array | undefined,
): FeatureRequests["entities"] {
  const pick = (column: Int32Array): Int32Array => (rows === undefined ? column : rows.map((row) => column[row]));
  return new Map([
    ["customer", { count: customers, rows: pick(customer) }],
    ["terminal", { count: terminals, rows: pick(terminal) }],
    [TRANSACTION, { count, rows: rows ?? Int32Array.from({ length: count }, (_, row) => row) }],
  ]);
}
