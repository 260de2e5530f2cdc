/** Fraud decisions in process: every payment replayed through the serving state against the batch, and the latency at a million customers. */

import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { createTable, numbers } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { createFeatureState } from "../src/steps/3-data/features/feature-state.ts";
import { emptyPayment, fillPayment, replayPayments } from "../src/steps/3-data/features/replay-payments.ts";
import {
  TRANSACTION,
  transactionRequests,
  transactionStream,
} from "../src/steps/3-data/features/transaction-stream.ts";
import type { Transactions } from "../src/steps/3-data/transactions.ts";
import { trainTrees } from "../src/steps/4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../src/steps/4-model/models/rule-list.ts";
import { createPaymentDecider } from "../src/steps/6-deploy/serve/payment-decision.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const TRANSACTIONS = "../shared/data/fraud-handbook/transactions.parquet";
const DAY = 86_400;
const CUSTOMERS = 1_000_000;
const PAYMENTS_EACH = 8;
const DECISIONS = 20_000;

const own = (column: string): FeatureDeclaration => ({
  name: column,
  entity: [TRANSACTION],
  aggregate: { kind: "value", column },
  window: DAY,
  delay: 0,
  smoothing: 0,
});
const DECLARED: readonly FeatureDeclaration[] = [
  ...["amount", "weekend", "night"].map(own),
  ...[1, 7, 30].flatMap((days): FeatureDeclaration[] => {
    const customer = { entity: ["customer"], window: days * DAY, delay: 0, smoothing: 0, current: TRANSACTION };
    const terminal = { entity: ["terminal"], window: days * DAY, delay: 7 * DAY, smoothing: 0 };
    return [
      { name: `customer_count_${days}d`, aggregate: { kind: "count" }, ...customer },
      { name: `customer_mean_${days}d`, aggregate: { kind: "mean", measure: "amount" }, ...customer },
      { name: `terminal_count_${days}d`, aggregate: { kind: "count" }, ...terminal },
      { name: `terminal_risk_${days}d`, aggregate: { kind: "rate", measure: "fraud" }, ...terminal },
    ];
  }),
];

export const benchmark: Benchmark = {
  name: "decision",
  about:
    "15 features of 1,754,155 payments replayed one by one, every one compared with the batch; decisions with 200 trees at 1M customers",
  async *cases() {
    const payments = await readPayments();
    const stream = transactionStream(payments);
    const rows = Int32Array.from({ length: payments.count }, (_, row) => row);
    const batch = () => buildFeatures(planFeatures(DECLARED, stream), stream, transactionRequests(payments, rows));
    const columns = [...batch().values()];
    const replay = (): void => {
      let differing = 0;
      replayPayments(DECLARED, payments).advance(payments.count, (row, features) => {
        if (columns.some((column, at) => !Object.is(column[row], features[at]))) differing++;
      });
      if (differing > 0) throw new Error(`${differing} rows of the serving state differ from the batch`);
    };
    yield {
      case: "replay, 0 rows differ",
      peerName: "our batch",
      unit: "s",
      runs: 1,
      ours: () => timed(replay),
      peer: () => timed(batch),
    };
    const { latencies, bytesPerCustomer } = await decideAtScale();
    const at = (share: number): number => latencies[Math.floor(share * latencies.length)] * 1e6;
    const limit = { peerName: "limit", runs: 1, target: "<= 1" };
    yield { case: "decision, median", unit: "µs", ...limit, ours: () => at(0.5), peer: () => 20 };
    yield { case: "decision, p99", unit: "µs", ...limit, ours: () => at(0.99), peer: () => 100 };
    yield {
      case: "state a customer, 8 payments in 30 days",
      unit: "B",
      ...limit,
      ours: () => bytesPerCustomer,
      peer: () => 400,
    };
  },
};

/** Decides about payments of a million customers, features included; seconds of each decision, ascending. */
async function decideAtScale(): Promise<{ readonly latencies: Float64Array; readonly bytesPerCustomer: number }> {
  const random = createRandom(7);
  const empty = { time: new Float64Array(0), amount: new Float64Array(0), fraud: new Uint8Array(0) };
  const vocabulary = transactionStream({
    ...empty,
    count: 0,
    customer: new Int32Array(0),
    terminal: new Int32Array(0),
    customers: 0,
    terminals: 0,
    repairs: [],
    source: { format: "simulated", description: "", simulated: true },
  });
  const state = createFeatureState(DECLARED, vocabulary, TRANSACTION);
  const payment = emptyPayment();
  const total = CUSTOMERS * PAYMENTS_EACH;
  for (let i = 0; i < total; i++) {
    const terminal = random.below(200_000);
    state.add(
      fillPayment(payment, (i / total) * 30 * DAY, random.below(CUSTOMERS), terminal, random.below(10_000) / 100),
    );
  }
  const bytesPerCustomer = state.bytes() / state.active("customer");
  const rules = unwrap(openRules({ format: "heptad rule list", version: 1, rules: ["amount > 220"] }, state.features));
  const decider = createPaymentDecider(state, rules, await learn());
  const latencies = new Float64Array(DECISIONS);
  for (let i = -2000; i < DECISIONS; i++) {
    const time = 30 * DAY + (i + 2000) / 100;
    const incoming = {
      id: String(i),
      time,
      customer: random.below(CUSTOMERS),
      terminal: random.below(200_000),
      amount: random.below(10_000) / 100,
    };
    const start = performance.now();
    decider.decide(incoming);
    if (i >= 0) latencies[i] = (performance.now() - start) / 1000;
  }
  return { latencies: latencies.sort(), bytesPerCustomer };
}

/** 200 trees of 16 leaves on noise: as slow as trees that know something. No payment reaches the threshold: reasons are given to reviews only. */
async function learn() {
  const random = createRandom(3);
  const column = () => Float64Array.from({ length: 20_000 }, () => random.uniform() * 100);
  const features = createTable(Object.fromEntries(DECLARED.map(({ name }) => [name, column()])));
  const labels = Uint8Array.from({ length: 20_000 }, () => Number(random.uniform() < 0.05));
  const options = { objective: "log-loss", trees: 200, leaves: 16, learningRate: 0.05 } as const;
  const { model } = unwrap(await trainTrees({ features, labels }, options, { random }));
  return { trees: model, calibration: { method: "none" }, threshold: 1 } as const;
}

async function readPayments(): Promise<Transactions> {
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
