import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { buildFeatures } from "../../steps/3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { queryFeatures } from "../../steps/3-data/features/query-features.ts";
import { isNight, isWeekend } from "../../steps/3-data/sources/calendar-flags.ts";
import { simulatePayments } from "./simulated-payments.ts";
import { transactionRequests, transactionStream } from "./transaction-stream.ts";
import type { Transactions } from "./transactions.ts";

const common = { smoothing: 0, delay: 0, window: 7 * DAY };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...common, name: "amount", entity: ["transaction"], aggregate: { kind: "value", column: "amount" } },
  { ...common, name: "count", entity: ["customer"], aggregate: { kind: "count" }, current: "transaction" },
  {
    ...common,
    name: "sum",
    entity: ["customer"],
    aggregate: { kind: "sum", measure: "amount" },
    current: "transaction",
  },
  {
    ...common,
    name: "mean",
    entity: ["customer"],
    aggregate: { kind: "mean", measure: "amount" },
    current: "transaction",
  },
  { ...common, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" }, delay: 7 * DAY },
];

const payments = simulatePayments({ customers: 12, terminals: 9, days: 25 }, createRandom(3));
const rows = Int32Array.from({ length: payments.count }, (_, row) => row);

/** Straight from the definition: every earlier payment is looked at for every payment. */
function byDefinition({ time, customer, terminal, amount, fraud }: Transactions, row: number) {
  const exact = (value: number): number => Math.round(value * 2 ** 20) / 2 ** 20;
  let [count, sum, seen, frauds] = [1, exact(amount[row]), 0, 0];
  for (let one = 0; one < time.length; one++) {
    const age = time[row] - time[one];
    if (customer[one] === customer[row] && age > 0 && age <= 7 * DAY) {
      count++;
      sum += exact(amount[one]);
    }
    if (terminal[one] === terminal[row] && age > 7 * DAY && age <= 14 * DAY) {
      seen++;
      frauds += fraud[one];
    }
  }
  return { count, sum, mean: sum / count, risk: seen === 0 ? Number.NaN : frauds / seen };
}

let database: Duckdb;
beforeAll(async () => {
  database = await openDuckdb({ threads: 1 });
});
afterAll(() => database.close());

describe("features of payments", () => {
  const stream = transactionStream(payments);
  const built = buildFeatures(planFeatures(DECLARED, stream), stream, transactionRequests(payments, rows));

  it("count the payment itself where they say so, and use a label only after its delay", () => {
    for (const name of ["count", "sum", "mean", "risk"] as const) {
      expect(Array.from(built.get(name) ?? [])).toEqual(Array.from(rows, (row) => byDefinition(payments, row)[name]));
    }
    expect(built.get("amount")).toEqual(payments.amount);
  });

  it("are the same out of DuckDB, to the last bit", async () => {
    expect(await queryFeatures(database, DECLARED, stream, transactionRequests(payments, rows))).toEqual(built);
  });
});

describe("the calendar of a payment", () => {
  it("knows Saturdays and Sundays", () => {
    const days = Array.from({ length: 7 }, (_, day) => isWeekend(Date.UTC(2018, 7, 6 + day) / 1000));
    expect(days).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });

  it("counts the night until seven in the morning", () => {
    const hours = [0, 6.99, 7, 23].map((hour) => isNight(Date.UTC(2018, 7, 6) / 1000 + hour * 3600));
    expect(hours).toEqual([1, 1, 0, 0]);
  });
});
