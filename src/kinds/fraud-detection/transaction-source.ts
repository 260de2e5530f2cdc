/** Where card payments come from: the note's source as plain data, found out from a path, and read. */

import { fileName } from "../../core/file-name.ts";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy, repairPolicyOf } from "../../steps/3-data/sources/repair-policy.ts";
import type { SourceEnvironment } from "../../steps/3-data/sources/source-table.ts";
import { type PaymentColumns, readPayments } from "./payment-files.ts";
import { type PaymentWorldOptions, simulatePayments } from "./simulated-payments.ts";
import type { Transactions } from "./transactions.ts";

/** A source as plain data: written as JSON it is part of a stage's key. */
export type TransactionSource =
  | {
      readonly format: "handbook-fraud" | "csv" | "tsv" | "parquet";
      readonly path: string;
      readonly columns: PaymentColumns;
      /** Smallest and largest amount that is believed. */
      readonly range?: readonly [number, number];
      readonly policy: RepairPolicy;
    }
  | { readonly format: "simulated"; readonly world: PaymentWorldOptions };

/** The columns of the Fraud Detection Handbook's transactions. */
const HANDBOOK_COLUMNS: PaymentColumns = {
  time: "TX_DATETIME",
  customer: "CUSTOMER_ID",
  terminal: "TERMINAL_ID",
  amount: "TX_AMOUNT",
  fraud: "TX_FRAUD",
};
const HANDBOOK_FILE = "transactions.parquet";

/** The source that step 3 names. `locate` makes the note's paths absolute. Throws a `FailureError` where the facts do not name one. */
export function transactionSourceOf(facts: DataFacts, locate: (path: string) => string): TransactionSource {
  const { source, repair } = facts;
  if (source === undefined || source.format === "simulated") {
    const { customers, terminals, days } = source ?? {};
    const [customerCount, terminalCount, dayCount] = [customers, terminals, days].map(
      (it) => it && Math.round(it.value),
    );
    return { format: "simulated", world: { customers: customerCount, terminals: terminalCount, days: dayCount } };
  }
  const { format } = source;
  if (format === "movielens" || format === "images") {
    throw new FailureError({
      code: "no-payments",
      message: `a source of format \`${format}\` holds no card payments`,
      where: "section 3, source",
      fix: "use handbook-fraud, csv, tsv, parquet or simulated",
    });
  }
  if (source.path === undefined) {
    throw new FailureError({
      code: "missing-path",
      message: `a source of format \`${format}\` needs a path`,
      where: "section 3, source",
      fix: `source: { format: ${format}, path: … }`,
    });
  }
  const time = facts.time === undefined || facts.time === "none" ? "time" : facts.time;
  const usual = format === "handbook-fraud" ? HANDBOOK_COLUMNS : { ...PLAIN_COLUMNS, time };
  const path = locate(source.path);
  return {
    format,
    path: format === "handbook-fraud" ? handbookFile(path) : path,
    columns: { ...usual, ...mappedColumns(source.columns ?? {}) },
    range: repair?.range,
    policy: repairPolicyOf(facts),
  };
}

const PLAIN_COLUMNS = { customer: "customer", terminal: "terminal", amount: "amount", fraud: "fraud" };

/** The note's `columns` by what they mean. Throws a `FailureError` for a meaning that no payment has. */
function mappedColumns(written: Readonly<Record<string, string>>): Partial<PaymentColumns> {
  const meanings = Object.keys(HANDBOOK_COLUMNS);
  const stray = Object.keys(written).find((meaning) => !meanings.includes(meaning));
  if (stray === undefined) return written;
  const suggestion = nearest(stray, meanings);
  throw new FailureError({
    code: "unknown-column",
    message: `a payment has no \`${stray}\`; \`columns\` says which column holds its ${meanings.join(", ")}`,
    where: "section 3, source",
    fix: suggestion === undefined ? "leave it out" : `did you mean \`${suggestion}\`?`,
  });
}

/** What lies at a path, judged by its name: a folder is the handbook's. */
export function detectTransactions(path: string): TransactionSource {
  const policy = DEFAULT_REPAIR_POLICY;
  const ending = /\.(?<ending>parquet|tsv|csv)$/u.exec(path)?.groups?.ending;
  if (ending === "tsv" || ending === "csv" || (ending === "parquet" && !path.endsWith(HANDBOOK_FILE)))
    return { format: ending, path, columns: { ...PLAIN_COLUMNS, time: "time" }, policy };
  return { format: "handbook-fraud", path: handbookFile(path), columns: HANDBOOK_COLUMNS, policy };
}

function handbookFile(path: string): string {
  return path.endsWith(".parquet") ? path : `${path.replace(/[\\/]+$/u, "")}/${HANDBOOK_FILE}`;
}

/** Where the source's file lies; `placeless` is the source without that. */
export function sourcePaths(source: TransactionSource): Readonly<Record<string, string>> {
  return source.format === "simulated" ? {} : { source: source.path };
}

/** The source with the name of its file in place of its path: it may move, and what is said of it stays true. */
export function placeless(source: TransactionSource): TransactionSource {
  return source.format === "simulated" ? source : { ...source, path: fileName(source.path) };
}

/** The source with its file at that path. */
export function withPaths(source: TransactionSource, paths: Readonly<Record<string, string>>): TransactionSource {
  return source.format === "simulated" ? source : { ...source, path: paths.source ?? source.path };
}

/** All files that a source reads: what the fingerprint of the data must cover. None for a simulation. */
export function listTransactionFiles(source: TransactionSource): readonly string[] {
  return source.format === "simulated" ? [] : [source.path];
}

/** Reads or simulates the payments. Throws a `FailureError` when a file is not usable; `random` is drawn on by a simulation only. */
export async function readTransactions(
  environment: SourceEnvironment,
  source: TransactionSource,
  random: Random,
): Promise<Transactions> {
  if (source.format === "simulated") return simulatePayments(source.world, random);
  const isHandbook = source.format === "handbook-fraud";
  return readPayments(environment, {
    ...source,
    layout: isHandbook ? "parquet" : source.format,
    source: {
      format: source.format,
      description: isHandbook
        ? "the simulated transactions of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot, Bontempi 2022)"
        : `payments from ${fileName(source.path)}`,
      simulated: isHandbook,
    },
  });
}
