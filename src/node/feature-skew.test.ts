import { existsSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { numbers } from "../core/table.ts";
import type { EventStream } from "../steps/3-data/features/event-stream.ts";
import { planFeatures } from "../steps/3-data/features/feature-plan.ts";
import { replayFeatures } from "../steps/6-deploy/serve/feature-skew.ts";
import { openDuckdb } from "./duckdb.ts";

const TRANSACTIONS = "../shared/data/fraud-handbook/transactions.parquet";
const DAY = 86_400;
const sql = await openDuckdb();
afterAll(() => sql.close());

describe("the skew test on card payments", () => {
  // Skipped where the data set is absent: it is not part of the repository.
  it.skipIf(!existsSync(TRANSACTIONS))("finds no differing row among the customers of a sample", async () => {
    const stream = await readSample();
    const declared = [1, 7, 30].flatMap((days) => {
      const rest = { window: days * DAY, smoothing: 0 };
      const customer = { entity: ["customer"], delay: 0, ...rest };
      const terminal = { entity: ["terminal"], delay: 7 * DAY, ...rest };
      return [
        { name: `count_${days}d`, aggregate: { kind: "count" } as const, ...customer },
        { name: `mean_${days}d`, aggregate: { kind: "mean", measure: "amount" } as const, ...customer },
        { name: `terminal_count_${days}d`, aggregate: { kind: "count" } as const, ...terminal },
        { name: `risk_${days}d`, aggregate: { kind: "rate", measure: "fraud" } as const, ...terminal },
      ];
    });
    const { rows, differing, first } = replayFeatures(planFeatures(declared, stream), stream, stream);
    expect(rows).toBeGreaterThan(10_000);
    expect({ differing, first }).toEqual({ differing: 0, first: undefined });
  });
});

async function readSample(): Promise<EventStream> {
  const table = await sql.query(
    `SELECT epoch(TX_DATETIME) AS time, CAST(CUSTOMER_ID AS INTEGER) AS customer, CAST(TERMINAL_ID AS INTEGER) AS terminal,
       TX_AMOUNT AS amount, CAST(TX_FRAUD AS UTINYINT) AS fraud
     FROM read_parquet($1) WHERE CUSTOMER_ID % 100 = 7 OR TERMINAL_ID % 200 = 3 ORDER BY TX_DATETIME, TRANSACTION_ID`,
    [TRANSACTIONS],
  );
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
