/** Twelve windowed features of every card payment in 1.75M (customer spending, terminal risk after a week), one thread, beside pandas and NumPy. */

import { numbers } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import type { EventStream } from "../src/steps/3-data/features/event-stream.ts";
import type { FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const TRANSACTIONS = "../shared/data/fraud-handbook/transactions.parquet";
const DAY = 86_400;

/** The windows and the delay of the Fraud Detection Handbook, chapter 3; the payment itself is not among its past. */
const DECLARED: readonly FeatureDeclaration[] = [1, 7, 30].flatMap((days) => {
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

export const benchmark: Benchmark = {
  name: "features",
  about: "12 point-in-time window features of 1,754,155 payments, one thread, against pandas rolling windows and NumPy",
  async *cases({ startPeer }) {
    const stream = await readPayments();
    const build = () => buildFeatures(planFeatures(DECLARED, stream), stream, stream);
    const ours = total(build());
    const peer = startPeer("features.py");
    await peer.ask("load", { path: TRANSACTIONS });
    const ask = (command: string) => async () => {
      const { seconds, total: theirs } = await peer.ask(command);
      if (Math.abs(theirs / ours - 1) > 1e-9) throw new Error(`${command} adds up to ${theirs}, ours to ${ours}`);
      return seconds;
    };
    const shared = { unit: "s", ours: () => timed(build) };
    yield { case: "NumPy, sort and search", peerName: "NumPy", target: "<= 1.3", ...shared, peer: ask("numpy") };
    yield { case: "pandas rolling", peerName: "pandas", runs: 1, target: "<= 0.2", ...shared, peer: ask("pandas") };
  },
};

async function readPayments(): Promise<EventStream> {
  const sql = await openDuckdb({ threads: 1 });
  const table = await sql.query(
    `SELECT epoch(TX_DATETIME) AS time, CAST(CUSTOMER_ID AS INTEGER) AS customer, CAST(TERMINAL_ID AS INTEGER) AS terminal,
       TX_AMOUNT AS amount, CAST(TX_FRAUD AS UTINYINT) AS fraud
     FROM read_parquet($1) ORDER BY TX_DATETIME, TRANSACTION_ID`,
    [TRANSACTIONS],
  );
  sql.close();
  return {
    time: Float64Array.from(numbers(table, "time")),
    entities: new Map([
      ["customer", { count: 5000, rows: Int32Array.from(numbers(table, "customer")) }],
      ["terminal", { count: 10_000, rows: Int32Array.from(numbers(table, "terminal")) }],
    ]),
    measures: new Map([
      ["amount", { values: numbers(table, "amount") }],
      ["fraud", { values: numbers(table, "fraud"), isBinary: true }],
    ]),
    attributes: new Map(),
  };
}

/** All values added up, the unknown ones as 0: enough to see that both sides computed the same. */
function total(features: ReadonlyMap<string, Float64Array>): number {
  let sum = 0;
  for (const column of features.values()) for (const value of column) if (!Number.isNaN(value)) sum += value;
  return sum;
}
