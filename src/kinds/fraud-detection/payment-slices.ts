/** Parts of the payments that are reported apart: new cards, new terminals, bands of amounts. */

import { DAY } from "../../core/day.ts";
import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import type { Transactions } from "./transactions.ts";

/** Picks rows of the transactions. */
export interface PaymentSlice {
  readonly name: string;
  pick(transactions: Transactions, rows: Int32Array): Int32Array;
}

/** Days from its first payment during which a card or a terminal is new. */
const NEW_DAYS = 30;
const BAND =
  /^amounts (?:(?:under|below) (?<under>\d+)|(?:over|above) (?<over>\d+)|(?:from )?(?<from>\d+) to (?<to>\d+))$/u;

/** The slice of that name; a failure lists what there is. */
export function paymentSlice(name: string): Outcome<PaymentSlice> {
  const plain = name.trim().toLowerCase();
  if (plain === "new cards")
    return succeed({ name, pick: (all, rows) => pickNew(all.customer, all.customers, all, rows) });
  if (plain === "new terminals")
    return succeed({ name, pick: (all, rows) => pickNew(all.terminal, all.terminals, all, rows) });
  const band = BAND.exec(plain)?.groups;
  if (band !== undefined) {
    const least = Number(band.over ?? band.from ?? Number.NEGATIVE_INFINITY);
    const most = Number(band.under ?? band.to ?? Number.POSITIVE_INFINITY);
    return succeed({
      name,
      pick: ({ amount }, rows) => rows.filter((row) => amount[row] >= least && amount[row] < most),
    });
  }
  return fail({
    code: "unknown-slice",
    message: `there is no slice \`${name}\``,
    fix: "use `new cards`, `new terminals`, `amounts under 50`, `amounts 50 to 200` or `amounts over 200`",
  });
}

function pickNew(column: Int32Array, count: number, { time }: Transactions, rows: Int32Array): Int32Array {
  const first = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < column.length; row++) first[column[row]] = Math.min(first[column[row]], time[row]);
  return rows.filter((row) => time[row] - first[column[row]] < NEW_DAYS * DAY);
}
