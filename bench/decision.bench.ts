/** Fraud decisions in process: every payment replayed through the serving state against the batch, and the latency at a million customers. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { createTable } from "../src/core/table.ts";
import {
  createPaymentDecider,
  type PaymentDecider,
  type PaymentDeciderParts,
} from "../src/kinds/fraud-detection/payment-decision.ts";
import {
  type IncomingPayment,
  openPaymentState,
  type PaymentState,
} from "../src/kinds/fraud-detection/payment-state.ts";
import {
  TRANSACTION,
  transactionRequests,
  transactionStream,
} from "../src/kinds/fraud-detection/transaction-stream.ts";
import type { Transactions } from "../src/kinds/fraud-detection/transactions.ts";
import { writeAndFlush } from "../src/node/atomic-write.ts";
import { openDurableDecider } from "../src/node/durable-decider.ts";
import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { trainTrees } from "../src/steps/4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../src/steps/4-model/models/rule-list.ts";
import { predictTrees } from "../src/steps/4-model/models/trees-scorer.ts";
import { type Benchmark, type BenchmarkCase, timed } from "./benchmark.ts";
import { DAY, readTransactions } from "./payments.ts";

const CUSTOMERS = 1_000_000;
const PAYMENTS_EACH = 8;
const DECISIONS = 100_000;

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
    "15 features of 1,754,155 payments, labels a week late, from the state that decides, every one compared with the batch; decisions with 200 trees at 1M customers, with reasons and with the log",
  async *cases({ workFolder }) {
    const payments = await readTransactions();
    const stream = transactionStream(payments);
    const rows = Int32Array.from({ length: payments.count }, (_, row) => row);
    const batch = () => buildFeatures(planFeatures(DECLARED, stream), stream, transactionRequests(payments, rows));
    const columns = [...batch().values()];
    yield {
      case: "replay, 0 rows differ",
      peerName: "our batch",
      unit: "s",
      runs: 1,
      ours: () => timed(() => replay(payments, columns)),
      peer: () => timed(batch),
    };
    const parts = await learn();
    const inMemory = createPaymentDecider(parts);
    fill(inMemory.state);
    const bytes = [...inMemory.state.features.bytes().values()].reduce((sum, one) => sum + one, 0);
    yield {
      case: "state a customer, 8 payments in 30 days",
      unit: "B",
      runs: 1,
      peerName: "limit",
      target: "<= 1",
      ours: () => bytes / CUSTOMERS,
      peer: () => 400,
    };
    yield* latencies("", inMemory);
    const folder = join(workFolder, "decisions");
    rmSync(folder, { recursive: true, force: true });
    const durable = openDurableDecider(folder, parts, { past: fill, snapshotEvery: Number.POSITIVE_INFINITY });
    yield* latencies(", logged", durable);
    const saved = join(folder, "snapshot");
    const bytesOf = (): Buffer => readFileSync(saved);
    yield {
      case: "snapshot of the state",
      unit: "s",
      runs: 1,
      peerName: "writing its bytes",
      ours: () => timed(() => durable.snapshot()),
      peer: async () => {
        const bytes = bytesOf();
        return timed(() => writeAndFlush(join(workFolder, "decisions-copy"), bytes));
      },
    };
    durable.close();
    yield {
      case: "restart from it",
      unit: "s",
      runs: 1,
      peerName: "reading its bytes",
      ours: () => timed(() => openDurableDecider(folder, parts)),
      peer: () => timed(bytesOf),
    };
    for (const path of [folder, join(workFolder, "decisions-copy")]) rmSync(path, { recursive: true, force: true });
  },
};

/** Every payment through the state that decides, fraud told a week later. Throws when a feature differs from the batch in any bit. */
function replay(
  { count, time, customer, terminal, amount, fraud }: Transactions,
  columns: readonly Float64Array[],
): void {
  const state = openPaymentState(DECLARED, { jump: Number.POSITIVE_INFINITY });
  const payment = (row: number): IncomingPayment => ({
    id: String(row),
    time: time[row],
    customer: customer[row],
    terminal: terminal[row],
    amount: amount[row],
  });
  const features = new Float64Array(DECLARED.length);
  let [labelled, differing] = [0, 0];
  for (let row = 0; row < count; row++) {
    for (; time[labelled] < time[row] - 7 * DAY; labelled++) {
      if (fraud[labelled] === 1) state.label({ ...payment(labelled), fraud: true });
    }
    state.read(payment(row), features);
    if (columns.some((column, at) => !Object.is(column[row], features[at]))) differing++;
    state.take(payment(row));
  }
  if (differing > 0) throw new Error(`${differing} rows of the serving state differ from the batch`);
}

const world = createRandom(7);
const anyPayment = (id: number, time: number): IncomingPayment => ({
  id: String(id),
  time,
  customer: world.below(CUSTOMERS),
  terminal: world.below(200_000),
  amount: world.below(10_000) / 100,
});

/** A month of payments. */
function fill(state: PaymentState): void {
  const total = CUSTOMERS * PAYMENTS_EACH;
  for (let at = 0; at < total; at++) state.take(anyPayment(at, (at / total) * 30 * DAY));
}

/** Decides about payments of a million customers, features included: about one in a hundred is a review, and those have reasons. */
function* latencies(how: string, decider: PaymentDecider): Iterable<BenchmarkCase> {
  const all: number[] = [];
  const reviews: number[] = [];
  for (let at = -5000; at < DECISIONS; at++) {
    const payment = anyPayment(CUSTOMERS * PAYMENTS_EACH + at, 30 * DAY + (at + 5000) / 100);
    const start = performance.now();
    const { decision } = decider.decide(payment);
    const microseconds = (performance.now() - start) * 1000;
    if (at < 0) continue;
    all.push(microseconds);
    if (decision === "review") reviews.push(microseconds);
  }
  const share = `${((100 * reviews.length) / all.length).toFixed(1)}% reviews`;
  const quantile = (times: readonly number[], at: number): number =>
    [...times].sort((a, b) => a - b)[Math.floor(at * times.length)];
  const limit = { unit: "µs", runs: 1, peerName: "limit", target: "<= 1" };
  yield { case: `decision${how}, median`, ...limit, ours: () => quantile(all, 0.5), peer: () => 20 };
  yield { case: `decision${how}, p99, ${share}`, ...limit, ours: () => quantile(all, 0.99), peer: () => 100 };
  const reference = { ...limit, peerName: "limit of all" };
  yield {
    case: `decision with reasons${how}, median`,
    ...reference,
    ours: () => quantile(reviews, 0.5),
    peer: () => 20,
  };
  yield {
    case: `decision with reasons${how}, p99`,
    ...reference,
    ours: () => quantile(reviews, 0.99),
    peer: () => 100,
  };
}

/** 200 trees of 16 leaves on labels that are noise: as slow as trees that know something. The payments of this world reach the threshold less often than these rows. */
async function learn(): Promise<PaymentDeciderParts> {
  const random = createRandom(3);
  const rows = 20_000;
  const column = (name: string) => {
    const days = Number(/_(\d+)d$/u.exec(name)?.[1] ?? 0);
    const scale = name.includes("count") ? 2 + days / 3 : name === "weekend" || name === "night" ? 2 : 100;
    const isWhole = scale !== 100;
    return Float64Array.from({ length: rows }, () => {
      const value = random.uniform() * scale;
      return name.includes("risk") ? 0 : isWhole ? Math.floor(value) : value;
    });
  };
  const features = createTable(Object.fromEntries(DECLARED.map(({ name }) => [name, column(name)])));
  const labels = Uint8Array.from({ length: rows }, () => Number(random.uniform() < 0.05));
  const options = { objective: "log-loss", trees: 200, leaves: 16, learningRate: 0.05 } as const;
  const { model } = unwrap(await trainTrees({ features, labels }, options, { random }));
  const probabilities = predictTrees(model, features).sort();
  const list = { format: "heptad rule list", version: 1, rules: ["amount > 220"] } as const;
  return {
    declarations: DECLARED,
    rules: unwrap(
      openRules(
        list,
        DECLARED.map(({ name }) => name),
      ),
    ),
    model: { trees: model, calibration: { method: "none" }, threshold: probabilities[Math.floor(0.98 * rows)] },
  };
}
