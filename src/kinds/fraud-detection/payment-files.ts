/** Reads card payments from a CSV, TSV or Parquet file through SQL: every row is checked, dirt is refused or mended and counted. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { numbers, texts } from "../../core/table.ts";
import { cellNumber, cellText, columnIndex } from "../../steps/3-data/sources/cell-text.ts";
import { readTime, type TimeReading } from "../../steps/3-data/sources/read-time.ts";
import type { RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import { expandPaths } from "../../steps/3-data/sources/source-paths.ts";
import type { DataSource } from "../../steps/3-data/sources/source-report.ts";
import { openSourceTable, queryFile } from "../../steps/3-data/sources/source-table.ts";
import {
  type CellProblem,
  checkRows,
  countUnsorted,
  repairBadCells,
  repairDuplicates,
  repairMalformed,
  repairRange,
  type StagedRows,
} from "../../steps/3-data/sources/staged-rows.ts";
import type { Layout, SourceEnvironment, SourceTable } from "../../steps/3-data/sources/table-types.ts";
import type { TimeColumn } from "../../steps/3-data/sources/time-column.ts";
import type { Transactions } from "./transactions.ts";

/** Which column holds what. */
export interface PaymentColumns {
  /** Any identifier, as are those of terminals. */
  readonly customer: string;
  readonly terminal: string;
  readonly amount: string;
  /** 0 or 1. */
  readonly fraud: string;
  /** An identifier of the payment: two rows with different ones are two payments. */
  readonly id?: string;
}

export interface PaymentFile {
  readonly path: string | readonly string[];
  readonly layout: Layout;
  readonly columns: PaymentColumns;
  readonly time: TimeColumn;
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
  const table = await openSourceTable(environment, await expandPaths(environment.files, file.path), file.layout);
  requireParties(table, columns);
  const time = await readTime(environment, table, file.time);
  await queryFile(environment, table, selectPayments(table, columns, time, policy), file.layout.kind);
  const staged: StagedRows = { environment, table, name: STAGED_PAYMENTS, policy };
  await checkRows(staged);
  const by = policy.duplicatesBy?.map((name) => `by_c${columnIndex(table, name)}`);
  const isKeyed = by !== undefined || columns.id !== undefined;
  const keys = by ?? (columns.id === undefined ? ["time", "customer", "terminal", "amount"] : ["id"]);
  const repairs = [
    repairMalformed(table, policy),
    ...(await repairBadCells(staged, cellProblems(columns, time))),
    range === undefined ? undefined : await repairRange(staged, { sql: "amount", column: columns.amount, range }),
    await repairDuplicates(staged, keys, {
      kind: "duplicate-payments",
      problem: isKeyed
        ? `the same ${(policy.duplicatesBy ?? [columns.id]).join(", ")} occurs twice`
        : "the same customer, terminal, amount and moment occur twice",
      values: ["fraud", ...(isKeyed ? ["time", "customer", "terminal", "amount"] : [])],
      stopsOnContradiction: true,
    }),
    await countUnsorted(staged, "payments"),
  ];
  const payments = await fetchPayments(environment, table.path, columns.id === undefined ? undefined : OWN_ID);
  rejectOneLabel(payments.fraud, columns, table.path);
  const used = new Set([...Object.values(columns), ...time.columns].map((name) => columnIndex(table, name)));
  const rest = table.columns.filter((_, index) => !used.has(index)).map((name) => `\`${name}\``);
  const readings = [
    ...table.understood,
    `time: ${time.says}`,
    ...(rest.length === 0
      ? []
      : [`not used: ${rest.slice(0, 12).join(", ")}${rest.length > 12 ? ` and ${rest.length - 12} more` : ""}`]),
  ];
  return {
    ...payments,
    repairs: repairs.filter((repair) => repair !== undefined),
    source: { ...file.source, readings },
  };
}

/** Who pays and where: the rings, drills and served state of a fraud run go by both. A table without them is judged by its own columns instead. */
function requireParties(table: SourceTable, { customer, terminal }: PaymentColumns): void {
  const isThere = (name: string): boolean =>
    table.columns.includes(name) ||
    (/^\d{1,5}$/u.test(name) && Number(name) >= 1 && Number(name) <= table.columns.length);
  // A name that is nearly a column's is a slip, and is answered with that column.
  const absent = Object.entries({ customer, terminal }).filter(
    ([, name]) => !isThere(name) && nearest(name, table.columns) === undefined,
  );
  if (absent.length === 0) return;
  throw new FailureError({
    code: "payments-without-parties",
    message: `a fraud run needs who paid and where, and the file has no column for the ${absent.map(([meaning, name]) => (meaning === name ? meaning : `${meaning} (\`${name}\`)`)).join(" and the ")}; there are ${table.columns
      .slice(0, 12)
      .map((name) => `\`${name}\``)
      .join(", ")}${table.columns.length > 12 ? ` and ${table.columns.length - 12} more` : ""}`,
    where: table.path,
    fix: "map them, `columns: { customer: …, terminal: … }`; where the data has none, write `system: binary-classification`, which takes any columns as features",
  });
}

/** SQL table of payments that are looked at row by row: row, time, customer and terminal as text, amount, fraud, problem. */
const STAGED_PAYMENTS = "staged_payments";

/** Where other columns tell payments apart, several may have one id, which then says of none which it is. */
const OWN_ID = "CASE WHEN count(*) OVER (PARTITION BY p.id) = 1 THEN coalesce(p.id, '') ELSE '' END";

/** Kinds of dirt by their number in the staged table, from 1; 0 is clean. */
function cellProblems(columns: PaymentColumns, time: TimeReading): readonly CellProblem[] {
  const moment = time.columns[0];
  return [
    { kind: "bad-time", column: moment, says: `is no moment: the column was read as ${time.says}` },
    { kind: "missing-id", column: columns.customer, says: "where a customer belongs", key: "missing" },
    { kind: "missing-id", column: columns.terminal, says: "where a terminal belongs", key: "missing" },
    { kind: "bad-number", column: columns.amount, says: "is no amount: it has to be a number" },
    {
      kind: "negative-amount",
      column: columns.amount,
      says: "is no amount of a payment: it has to be 0 or more, and a refund is none",
    },
    { kind: "bad-label", column: columns.fraud, says: "is no label: it has to be 0 or 1, or false or true" },
    {
      kind: "far-time",
      column: moment,
      says: `lies before 1980 or after today (the column was read as ${time.says}): in another unit, or a word for no time, which \`null\` may list`,
    },
  ];
}

function selectPayments(table: SourceTable, columns: PaymentColumns, time: TimeReading, policy: RepairPolicy): string {
  const label = cellText(table, columns.fraud);
  const truth = `CASE lower(${label}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN 't' THEN 1 WHEN 'f' THEN 0 WHEN 'yes' THEN 1 WHEN 'no' THEN 0 WHEN 'y' THEN 1 WHEN 'n' THEN 0 END`;
  const by = (policy.duplicatesBy ?? []).map((name) => `, ${cellText(table, name)} AS by_c${columnIndex(table, name)}`);
  const id = columns.id === undefined ? "" : `, ${cellText(table, columns.id)} AS id`;
  const latest = Number.isFinite(time.latest) ? String(time.latest) : "1e300";
  return `CREATE OR REPLACE TEMP TABLE ${STAGED_PAYMENTS} AS
    WITH read AS (
      SELECT row_number() OVER () AS row, ${time.sql} AS time,
        coalesce(${cellText(table, columns.customer)}, '') AS customer, coalesce(${cellText(table, columns.terminal)}, '') AS terminal,
        ${cellNumber(table, columns.amount)} AS amount, coalesce(TRY_CAST(${label} AS DOUBLE), ${truth}) AS fraud${id}${by.join("")}
      FROM ${table.from})
    SELECT *,
      CASE WHEN time IS NULL OR NOT isfinite(time) THEN 1 WHEN customer = '' THEN 2 WHEN terminal = '' THEN 3
        WHEN amount IS NULL OR NOT isfinite(amount) THEN 4 WHEN amount < 0 THEN 5
        WHEN fraud IS NULL OR fraud NOT IN (0, 1) THEN 6 WHEN time < ${time.earliest} OR time > ${latest} THEN 7 ELSE 0 END AS problem
    FROM read`;
}

/** There is nothing to learn where all payments are fraud or none is; mostly the label is in another column. */
function rejectOneLabel(fraud: Uint8Array, columns: PaymentColumns, path: string): void {
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
  id: string | undefined,
): Promise<Omit<Transactions, "repairs" | "source">> {
  const order = (name: string): string => `ORDER BY TRY_CAST(${name} AS BIGINT), ${name}`;
  const index = (name: string): string =>
    `SELECT ${name} AS id, row_number() OVER (${order(name)}) - 1 AS index FROM ${STAGED_PAYMENTS} GROUP BY ${name}`;
  const idsOf = async (name: string): Promise<readonly string[]> =>
    texts(await sql.query(`SELECT ${name} AS id FROM ${STAGED_PAYMENTS} GROUP BY ${name} ${order(name)}`), "id");
  const result = await sql.query(
    `WITH c AS (${index("customer")}), t AS (${index("terminal")})
     SELECT p.time, CAST(c.index AS INTEGER) AS customer, CAST(t.index AS INTEGER) AS terminal, p.amount,
       CAST(p.fraud AS UTINYINT) AS fraud${id === undefined ? "" : `, ${id} AS id`}
     FROM ${STAGED_PAYMENTS} p JOIN c ON c.id = p.customer JOIN t ON t.id = p.terminal ORDER BY p.time, p.row`,
  );
  const names = { customer: await idsOf("customer"), terminal: await idsOf("terminal") };
  await sql.query(`DROP TABLE ${STAGED_PAYMENTS}`);
  await sql.release?.();
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
    names,
    ...(id !== undefined && { ids: texts(result, "id") }),
  };
}
