/** The serving state beside the batch: differing rows over 1.75M payments, bytes per customer, and one decision's update and read. */

import { createRandom } from "../src/core/random.ts";
import { replayPayments } from "../src/kinds/fraud-detection/replay-payments.ts";
import { transactionStream } from "../src/kinds/fraud-detection/transaction-stream.ts";
import type { Transactions } from "../src/kinds/fraud-detection/transactions.ts";
import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import type { EventStream } from "../src/steps/3-data/features/event-stream.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { createFeatureState, type FeatureState } from "../src/steps/6-deploy/serve/feature-state.ts";
import { eventOf } from "../src/steps/6-deploy/serve/state-event.ts";
import { type Benchmark, timed } from "./benchmark.ts";
import { DAY, HANDBOOK_FEATURES, readTransactions } from "./payments.ts";

const MONTH = 30 * DAY;
const CUSTOMERS = 1_000_000;
/** A month of the handbook's customers has 58; fewer fill the state in a quarter of a minute, and one decision reads as many entities. */
const PAYMENTS_A_MONTH = 20;
const DECISIONS = 200_000;

export const benchmark: Benchmark = {
  name: "feature-state",
  about:
    "12 features of card payments from the serving state, one thread, against the batch and against what a decision may cost",
  async *cases() {
    const payments = await readTransactions();
    const stream = transactionStream(payments);
    const plans = planFeatures(HANDBOOK_FEATURES, stream);
    const rows = payments.count;
    let state = createFeatureState(plans, stream);
    const differing = countDiffering(payments, [...buildFeatures(plans, stream, stream).values()]);
    yield {
      case: "differing rows of all, labels a week late",
      peerName: "rows",
      unit: "",
      runs: 1,
      target: "0",
      ours: () => differing,
      peer: () => rows,
    };
    replayAll(state, stream);
    const active = activeCustomers(payments);
    const bytes = state.bytes();
    const perCustomer = (bytes.get("customer") ?? 0) / active;
    const perAll = sumOf(bytes) / active;
    const wanted = { peerName: "target", unit: "bytes", runs: 1, target: "<= 1", peer: () => 400 };
    yield { case: "customers' events per customer active in 30 days", ...wanted, ours: () => perCustomer };
    yield { case: "the same with terminals, 37 days, and ids", ...wanted, ours: () => perAll };
    yield {
      case: "read and update, rows per second",
      peerName: "batch",
      unit: "rows/s",
      runs: 3,
      ours: async () => rows / (await timed(() => replayAll(createFeatureState(plans, stream), stream))),
      peer: async () => rows / (await timed(() => buildFeatures(plans, stream, stream))),
    };
    state = createFeatureState(plans, stream);
    const many = manyCustomers();
    const microseconds = decide(many);
    const share = sumOf(many.state.bytes()) / CUSTOMERS;
    const latency = { peerName: "target", unit: "us", runs: 1, target: "<= 1" };
    yield {
      case: "1M customers, read and update, median",
      ...latency,
      ours: () => at(microseconds, 0.5),
      peer: () => 20,
    };
    yield {
      case: "1M customers, read and update, p99",
      ...latency,
      ours: () => at(microseconds, 0.99),
      peer: () => 100,
    };
    yield {
      case: "1M customers, read and update, p99.99",
      ...latency,
      ours: () => at(microseconds, 0.9999),
      peer: () => 1000,
    };
    yield { case: `1M customers, ${PAYMENTS_A_MONTH} payments a month`, ...wanted, ours: () => share };
  },
};

/** Every payment through the state, labels once they have arrived: rows of which a feature differs from the batch in any bit. */
function countDiffering(payments: Transactions, batch: readonly Float64Array[]): number {
  let differing = 0;
  replayPayments(HANDBOOK_FEATURES, payments).advance(payments.count, (row, features) => {
    if (batch.some((column, at) => !Object.is(column[row], features[at]))) differing++;
  });
  return differing;
}

/** Customers with a payment in the last 30 days. */
function activeCustomers({ time, customer }: Transactions): number {
  const since = time[time.length - 1] - MONTH;
  return new Set(customer.filter((_, row) => time[row] >= since)).size;
}

function sumOf(bytes: ReadonlyMap<string, number>): number {
  return [...bytes.values()].reduce((sum, one) => sum + one, 0);
}

function replayAll(state: FeatureState, stream: EventStream): void {
  const values = new Float64Array(state.names.length);
  for (let row = 0; row < stream.time.length; row++) {
    const event = eventOf(stream, row);
    state.read(event, values);
    state.apply(event);
  }
}

interface Many {
  readonly state: FeatureState;
  next(): ReturnType<typeof eventOf>;
}

/** A month and a week of payments of a million customers at a hundred thousand terminals. */
function manyCustomers(): Many {
  const random = createRandom(1);
  const none = { rows: new Int32Array(0) };
  const stream: EventStream = {
    time: new Float64Array(0),
    entities: new Map([
      ["customer", { count: CUSTOMERS, ...none }],
      ["terminal", { count: CUSTOMERS / 10, ...none }],
    ]),
    measures: new Map([
      ["amount", { values: new Float64Array(0) }],
      ["fraud", { values: new Float64Array(0), isBinary: true }],
    ]),
    attributes: new Map(),
  };
  const state = createFeatureState(planFeatures(HANDBOOK_FEATURES, stream), stream);
  const events = (CUSTOMERS * PAYMENTS_A_MONTH * 37) / 30;
  let count = 0;
  const next = () => ({
    time: Math.floor((count++ * 37 * DAY) / events),
    id: count,
    keys: { customer: random.below(CUSTOMERS), terminal: random.below(CUSTOMERS / 10) },
    measures: {
      amount: Math.round(-5000 * Math.log(1 - random.uniform())) / 100,
      fraud: Number(random.uniform() < 0.008),
    },
  });
  for (let event = 0; event < events; event++) state.apply(next());
  return { state, next };
}

/** Microseconds of each decision, ascending. */
function decide({ state, next }: Many): Float64Array {
  const values = new Float64Array(state.names.length);
  const taken = new Float64Array(DECISIONS);
  for (let decision = 0; decision < DECISIONS; decision++) {
    const event = next();
    const start = performance.now();
    state.read(event, values);
    state.apply(event);
    taken[decision] = (performance.now() - start) * 1000;
  }
  return taken.sort();
}

function at(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * sorted.length)];
}
