/** Reads card payments from a CSV, TSV or Parquet file through SQL: every row is checked, dirt is refused or left out and counted. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import type { DataSource, Repair } from "../interactions.ts";
import type { Transactions } from "../transactions.ts";
import {
  columnOf,
  findMalformed,
  forgetMalformed,
  type Layout,
  openSourceTable,
  queryFile,
  type SourceEnvironment,
} from "./source-table.ts";

/** Which column holds what. */
export interface PaymentColumns {
  /** An SQL timestamp, ISO 8601 text, or seconds since 1970. */
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
  /** Bad rows are left out and counted; without it the first one is a failure. */
  readonly dropsBadRows: boolean;
  readonly source: DataSource;
}

/** The payments in the order of time. Throws a `FailureError` for a missing column, no rows, or a bad row that may not be dropped. */
export async function readPayments(environment: SourceEnvironment, file: PaymentFile): Promise<Transactions> {
  const layout = layoutOf(file.layout);
  const table = await openSourceTable(environment, file.path, layout);
  const column = (meaning: keyof PaymentColumns): string => columnOf(table, file.columns[meaning]);
  const timeType = table.types[table.columns.indexOf(file.columns.time)];
  await forgetMalformed(environment);
  await queryFile(
    environment,
    table,
    layout.kind,
    `CREATE OR REPLACE TEMP TABLE payments AS
     SELECT row_number() OVER () AS row, ${timeOf(column("time"), timeType)} AS time,
       nullif(trim(CAST(${column("customer")} AS VARCHAR)), '') AS customer,
       nullif(trim(CAST(${column("terminal")} AS VARCHAR)), '') AS terminal,
       TRY_CAST(${column("amount")} AS DOUBLE) AS amount, TRY_CAST(${column("fraud")} AS DOUBLE) AS fraud
     FROM ${table.from}`,
  );
  const malformed = await findMalformed(environment, table);
  if (malformed !== undefined && !file.dropsBadRows)
    refuse(
      file.path,
      `line ${malformed.firstLine} has not the fields that are due: ${malformed.reason}`,
      malformed.count,
    );
  const bad = await dropBadRows(environment, file);
  const count = (malformed?.count ?? 0) + bad;
  const repairs: Repair[] = count === 0 ? [] : [{ kind: "bad-row", count, description: "not a payment: left out" }];
  return { ...(await fetchPayments(environment, file.path)), repairs, source: file.source };
}

function layoutOf(layout: PaymentFile["layout"]): Layout {
  if (layout === "parquet") return { kind: "parquet" };
  return layout === "tsv" ? { kind: "text", delimiter: "\t" } : { kind: "text" };
}

function timeOf(column: string, type: string): string {
  if (/^(?:TIMESTAMP|DATE)/u.test(type)) return `epoch(${column})`;
  if (type !== "VARCHAR") return `TRY_CAST(${column} AS DOUBLE)`;
  return `coalesce(TRY_CAST(${column} AS DOUBLE), epoch(TRY_CAST(${column} AS TIMESTAMPTZ)))`;
}

const BAD =
  "time IS NULL OR NOT isfinite(time) OR customer IS NULL OR terminal IS NULL OR " +
  "amount IS NULL OR NOT isfinite(amount) OR amount < 0 OR fraud IS NULL OR fraud NOT IN (0, 1)";

/** How many rows are no payments. */
async function dropBadRows({ sql }: SourceEnvironment, { path, dropsBadRows }: PaymentFile): Promise<number> {
  const found = await sql.query(`SELECT count(*) AS count, min(row) AS row FROM payments WHERE ${BAD}`);
  const count = numbers(found, "count")[0];
  if (count === 0) return 0;
  if (!dropsBadRows) {
    const what = "lacks a moment, a customer, a terminal, an amount of 0 or more, or a label of 0 or 1";
    refuse(path, `row ${numbers(found, "row")[0]} ${what}`, count);
  }
  await sql.query(`DELETE FROM payments WHERE ${BAD}`);
  return count;
}

function refuse(path: string, problem: string, count: number): never {
  throw new FailureError({
    code: "bad-row",
    message: `${problem}${count > 1 ? ` (and ${count - 1} more like it)` : ""}`,
    where: path,
    fix: "mend the file, name its columns in the source's `columns`, or leave such rows out: `repair: { bad-number: drop }`",
  });
}

/** Customers and terminals become numbers in the order of their identifiers, whole numbers by size. */
async function fetchPayments(
  { sql }: SourceEnvironment,
  path: string,
): Promise<Omit<Transactions, "repairs" | "source">> {
  const index = (name: string): string =>
    `SELECT ${name} AS id, row_number() OVER (ORDER BY TRY_CAST(${name} AS BIGINT), ${name}) - 1 AS index FROM payments GROUP BY ${name}`;
  const result = await sql.query(
    `WITH c AS (${index("customer")}), t AS (${index("terminal")})
     SELECT p.time, CAST(c.index AS INTEGER) AS customer, CAST(t.index AS INTEGER) AS terminal, p.amount,
       CAST(p.fraud AS UTINYINT) AS fraud
     FROM payments p JOIN c ON c.id = p.customer JOIN t ON t.id = p.terminal ORDER BY p.time, p.row`,
  );
  await sql.query("DROP TABLE payments");
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
