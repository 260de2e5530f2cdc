/** 1,754,155 simulated card payments and the twelve features of the Fraud Detection Handbook, for the benchmarks about them. */

import { numbers } from "../src/core/table.ts";
import { transactionStream } from "../src/kinds/fraud-detection/transaction-stream.ts";
import type { Transactions } from "../src/kinds/fraud-detection/transactions.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import type { EventStream } from "../src/steps/3-data/features/event-stream.ts";
import type { FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";

export const TRANSACTIONS = "../shared/data/fraud-handbook/transactions.parquet";
export const DAY = 86_400;

/** The windows and the delay of the Fraud Detection Handbook, chapter 3; the payment itself is not among its past. */
export const HANDBOOK_FEATURES: readonly FeatureDeclaration[] = [1, 7, 30].flatMap((days) => {
  const rest = { window: days * DAY, smoothing: 0 };
  const customer = { entity: ["customer"], delay: 0, ...rest };
  const terminal = { entity: ["terminal"], delay: 7 * DAY, ...rest };
  return [
    { name: `customer_count_${days}d`, aggregate: { kind: "count" }, ...customer },
    { name: `customer_mean_${days}d`, aggregate: { kind: "mean", measure: "amount" }, ...customer },
    { name: `terminal_count_${days}d`, aggregate: { kind: "count" }, ...terminal },
    { name: `terminal_risk_${days}d`, aggregate: { kind: "rate", measure: "fraud" }, ...terminal },
  ];
});

/** The payments in the order of time. */
export async function readTransactions(): Promise<Transactions> {
  const sql = await openDuckdb({ threads: 1 });
  const table = await sql.query(
    `SELECT epoch(TX_DATETIME) AS time, CAST(CUSTOMER_ID AS INTEGER) AS customer, CAST(TERMINAL_ID AS INTEGER) AS terminal,
       TX_AMOUNT AS amount, CAST(TX_FRAUD AS UTINYINT) AS fraud
     FROM read_parquet($1) ORDER BY TX_DATETIME, TRANSACTION_ID`,
    [TRANSACTIONS],
  );
  sql.close();
  return {
    count: table.rows,
    time: Float64Array.from(numbers(table, "time")),
    customer: Int32Array.from(numbers(table, "customer")),
    terminal: Int32Array.from(numbers(table, "terminal")),
    amount: Float64Array.from(numbers(table, "amount")),
    fraud: Uint8Array.from(numbers(table, "fraud")),
    customers: 5000,
    terminals: 10_000,
    repairs: [],
    source: { format: "handbook-fraud", description: "", simulated: true },
  };
}

/** The payments as a stream. */
export async function readPayments(): Promise<EventStream> {
  return transactionStream(await readTransactions());
}
