/** Reads card payments from a CSV, TSV or Parquet file through SQL: every row is checked, dirt is refused or mended and counted. */

import { FailureError } from "../../core/outcome.ts";
import { numbers } from "../../core/table.ts";
import type { RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import type { DataSource } from "../../steps/3-data/sources/source-report.ts";
import {
  columnOf,
  forgetMalformed,
  type Layout,
  openSourceTable,
  queryFile,
  type SourceEnvironment,
  type SourceTable,
} from "../../steps/3-data/sources/source-table.ts";
import {
  countUnsorted,
  repairBadCells,
  repairDuplicates,
  repairMalformed,
  repairRange,
  type StagedRows,
  timeExpression,
  timeUnit,
} from "../../steps/3-data/sources/staged-rows.ts";
import type { Transactions } from "./transactions.ts";

/** Which column holds what. */
export interface PaymentColumns {
  /** An SQL timestamp, ISO 8601 text (UTC unless it says otherwise), or seconds, milliseconds or microseconds since 1970 (told apart by size). */
  readonly time: string;
  /** Any identifier, as are those of terminals. */
  readonly customer: string;
  readonly terminal: string;
  readonly amount: string;
  /** 0 or 1. */
  readonly fraud: string;
}

export interface PaymentFile {
  readonly path: string;
  readonly layout: "csv" | "tsv" | "parquet";
  readonly columns: PaymentColumns;
  /** Smallest and largest amount that is believed. */
  readonly range?: readonly [number, number];
  readonly policy: RepairPolicy;
  readonly source: DataSource;
}

/**
 * The payments in the order of time. Throws a `FailureError` for a missing column, no rows, labels of one kind only, or dirt that the policy
 * does not mend.
 */
export async function readPayments(environment: SourceEnvironment, file: PaymentFile): Promise<Transactions> {
  const { columns, policy, range } = file;
  const layout = layoutOf(file.layout);
  const table = await openSourceTable(environment, file.path, layout);
  await forgetMalformed(environment);
  await queryFile(environment, table, layout.kind, selectPayments(table, columns));
  const staged: StagedRows = { environment, table, name: STAGED_PAYMENTS, policy };
  const repairs = [
    await repairMalformed(environment, table, policy),
    ...(await repairBadCells(
      staged,
      PROBLEMS.map((one) => ({ ...one, column: columns[one.column] })),
    )),
    range === undefined ? undefined : await repairRange(staged, { sql: "amount", column: columns.amount, range }),
    await repairDuplicates(staged, ["time", "customer", "terminal", "amount"], {
      kind: "duplicate-payments",
      problem: "the same customer, terminal, amount and moment occur twice",
    }),
    await countUnsorted(staged, "payments"),
  ];
  const payments = await fetchPayments(environment, file.path);
  rejectOneLabel(payments.fraud, file);
  return { ...payments, repairs: repairs.filter((repair) => repair !== undefined), source: file.source };
}

function layoutOf(layout: PaymentFile["layout"]): Layout {
  if (layout === "parquet") return { kind: "parquet" };
  return layout === "tsv" ? { kind: "text", delimiter: "\t" } : { kind: "text" };
}

/** SQL table of payments that are looked at row by row: row, time, customer and terminal as text, amount, fraud, problem. */
const STAGED_PAYMENTS = "staged_payments";

/** Number of a kind of dirt in the staged table; 0 is clean. */
const PROBLEMS = [
  { kind: "bad-time", column: "time", says: "is no moment" },
  { kind: "missing-id", column: "customer", says: "where a customer belongs" },
  { kind: "missing-id", column: "terminal", says: "where a terminal belongs" },
  { kind: "bad-number", column: "amount", says: "is no amount: it has to be a number" },
  { kind: "negative-amount", column: "amount", says: "is no amount of a payment: it has to be 0 or more" },
  { kind: "bad-label", column: "fraud", says: "is no label: it has to be 0 or 1, or false or true" },
] as const satisfies readonly { kind: string; column: keyof PaymentColumns; says: string }[];

function selectPayments(table: SourceTable, columns: PaymentColumns): string {
  const identifier = (name: string): string => `coalesce(trim(CAST(${columnOf(table, name)} AS VARCHAR)), '')`;
  const label = columnOf(table, columns.fraud);
  const isText = table.types[table.columns.indexOf(columns.fraud)] === "VARCHAR";
  const truth = isText ? `, CAST(TRY_CAST(${label} AS BOOLEAN) AS DOUBLE)` : "";
  return `CREATE OR REPLACE TEMP TABLE ${STAGED_PAYMENTS} AS
    WITH read AS (
      SELECT row_number() OVER () AS row, ${timeExpression(table, columns.time)} AS time,
        ${identifier(columns.customer)} AS customer, ${identifier(columns.terminal)} AS terminal,
        TRY_CAST(${columnOf(table, columns.amount)} AS DOUBLE) AS amount,
        coalesce(TRY_CAST(${label} AS DOUBLE)${truth}) AS fraud
      FROM ${table.from}),
    unit AS (${timeUnit("read")})
    SELECT row, time / per_second AS time, customer, terminal, amount, fraud,
      CASE WHEN time IS NULL OR NOT isfinite(time) THEN 1 WHEN customer = '' THEN 2 WHEN terminal = '' THEN 3
        WHEN amount IS NULL OR NOT isfinite(amount) THEN 4 WHEN amount < 0 THEN 5
        WHEN fraud IS NULL OR fraud NOT IN (0, 1) THEN 6 ELSE 0 END AS problem
    FROM read, unit`;
}

/** There is nothing to learn where all payments are fraud or none is; mostly the label is in another column. */
function rejectOneLabel(fraud: Uint8Array, { path, columns }: PaymentFile): void {
  if (fraud.includes(1) && fraud.includes(0)) return;
  throw new FailureError({
    code: "one-class",
    message: `every payment is labelled ${fraud[0]} in column \`${columns.fraud}\`: there is nothing to tell apart`,
    where: path,
    fix: "name the column that holds the label as `fraud` in the source's `columns`, or a file with payments of both kinds",
  });
}

/** Customers and terminals become numbers in the order of their identifiers, whole numbers by size. */
async function fetchPayments(
  { sql }: SourceEnvironment,
  path: string,
): Promise<Omit<Transactions, "repairs" | "source">> {
  const index = (name: string): string =>
    `SELECT ${name} AS id, row_number() OVER (ORDER BY TRY_CAST(${name} AS BIGINT), ${name}) - 1 AS index FROM ${STAGED_PAYMENTS} GROUP BY ${name}`;
  const result = await sql.query(
    `WITH c AS (${index("customer")}), t AS (${index("terminal")})
     SELECT p.time, CAST(c.index AS INTEGER) AS customer, CAST(t.index AS INTEGER) AS terminal, p.amount,
       CAST(p.fraud AS UTINYINT) AS fraud
     FROM ${STAGED_PAYMENTS} p JOIN c ON c.id = p.customer JOIN t ON t.id = p.terminal ORDER BY p.time, p.row`,
  );
  await sql.query(`DROP TABLE ${STAGED_PAYMENTS}`);
  if (result.rows === 0) {
    throw new FailureError({
      code: "no-payments",
      message: "no usable row is in the file",
      where: path,
      fix: "name a file with at least one payment, and check which column holds what",
    });
  }
  const customer = new Int32Array(numbers(result, "customer"));
  const terminal = new Int32Array(numbers(result, "terminal"));
  const most = (column: Int32Array): number => column.reduce((largest, one) => Math.max(largest, one), 0) + 1;
  return {
    count: result.rows,
    time: new Float64Array(numbers(result, "time")),
    customer,
    terminal,
    amount: new Float64Array(numbers(result, "amount")),
    fraud: new Uint8Array(numbers(result, "fraud")),
    customers: most(customer),
    terminals: most(terminal),
  };
}
