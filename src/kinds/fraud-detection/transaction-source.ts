/** Where card payments come from: the note's source as plain data, found out from a path, and read. */

import { fileName } from "../../core/file-name.ts";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy, repairPolicyOf } from "../../steps/3-data/sources/repair-policy.ts";
import { describePaths, expandPaths, mapPaths, namedPaths } from "../../steps/3-data/sources/source-paths.ts";
import type { Layout, RowFormat, SourceEnvironment } from "../../steps/3-data/sources/table-types.ts";
import { layoutOf, timeOf } from "../../steps/3-data/sources/text-facts.ts";
import type { TimeColumn } from "../../steps/3-data/sources/time-column.ts";
import { checkWorldSize } from "../../steps/3-data/sources/world-size.ts";
import { type PaymentColumns, readPayments } from "./payment-files.ts";
import { type PaymentWorldOptions, simulatePayments } from "./simulated-payments.ts";
import type { Transactions } from "./transactions.ts";

/** A source as plain data: written as JSON it is part of a stage's key. */
export type TransactionSource =
  | {
      readonly format: "handbook-fraud" | RowFormat;
      readonly path: string | readonly string[];
      readonly columns: PaymentColumns;
      readonly time: TimeColumn;
      /** How a text is laid out; found out where absent. */
      readonly layout?: Layout;
      /** Smallest and largest amount that is believed. */
      readonly range?: readonly [number, number];
      readonly policy: RepairPolicy;
    }
  | { readonly format: "simulated"; readonly world: PaymentWorldOptions };

/** The columns of the Fraud Detection Handbook's transactions. */
const HANDBOOK_COLUMNS: PaymentColumns = {
  customer: "CUSTOMER_ID",
  terminal: "TERMINAL_ID",
  amount: "TX_AMOUNT",
  fraud: "TX_FRAUD",
};
const HANDBOOK_TIME: TimeColumn = { column: "TX_DATETIME" };
const HANDBOOK_FILE = "transactions.parquet";

/** The source that step 3 names. `locate` makes the note's paths absolute. Throws a `FailureError` where the facts do not name one. */
export function transactionSourceOf(facts: DataFacts, locate: (path: string) => string): TransactionSource {
  const { source, repair } = facts;
  if (source === undefined || source.format === "simulated") {
    const { customers, terminals, days } = source ?? {};
    const [customerCount, terminalCount, dayCount] = [customers, terminals, days].map(
      (it) => it && Math.round(it.value),
    );
    checkWorldSize({
      people: ["customers", customerCount ?? 1000],
      things: ["terminals", terminalCount ?? 1000],
      days: dayCount ?? 150,
    });
    return { format: "simulated", world: { customers: customerCount, terminals: terminalCount, days: dayCount } };
  }
  const { format } = source;
  if (format === "movielens" || format === "images" || format === "libsvm") {
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
  if (typeof source.path === "object" && !Array.isArray(source.path)) {
    throw new FailureError({
      code: "one-path",
      message: "payments are not parted by event: `path` is a file, a folder or a list of files",
      where: "section 3, source",
      fix: `source: { format: ${format}, path: … }`,
    });
  }
  const isHandbook = format === "handbook-fraud";
  const written = typeof source.path === "string" ? locate(source.path) : source.path.map(locate);
  const { time: named, ...columns } = mappedColumns(source.columns ?? {});
  const time = timeOf(facts);
  if (time === "none") {
    throw new FailureError({
      code: "payments-without-time",
      message: "a fraud run needs the moment of each payment: its split, its late labels and its drills go by time",
      where: "section 3, time",
      fix: "name the column, or a counter with a start: `time: { column: step, unit: h, start: 2020-01-01 }`",
    });
  }
  const policy = repairPolicyOf(facts);
  return {
    format,
    path: isHandbook && typeof written === "string" ? handbookFile(written) : written,
    columns: { ...(isHandbook ? HANDBOOK_COLUMNS : PLAIN_COLUMNS), ...columns },
    time: time ?? (named === undefined ? (isHandbook ? HANDBOOK_TIME : { column: "time" }) : { column: named }),
    layout: layoutOf(format === "handbook-fraud" ? "parquet" : format, source, policy),
    range: repair?.range,
    policy,
  };
}

const PLAIN_COLUMNS = { customer: "customer", terminal: "terminal", amount: "amount", fraud: "fraud" };

/** The note's `columns` by what they mean. Throws a `FailureError` for a meaning that no payment has. */
function mappedColumns(
  written: Readonly<Record<string, string>>,
): Partial<PaymentColumns> & { readonly time?: string } {
  const meanings = ["time", ...Object.keys(HANDBOOK_COLUMNS), "id"];
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
    return { format: ending, path, columns: PLAIN_COLUMNS, time: { column: "time" }, policy };
  return { format: "handbook-fraud", path: handbookFile(path), columns: HANDBOOK_COLUMNS, time: HANDBOOK_TIME, policy };
}

function handbookFile(path: string): string {
  return path.endsWith(".parquet") ? path : `${path.replace(/[\\/]+$/u, "")}/${HANDBOOK_FILE}`;
}

/** Where the source's files lie; `placeless` is the source without that. */
export function sourcePaths(source: TransactionSource): Readonly<Record<string, string>> {
  return source.format === "simulated" ? {} : namedPaths("source", source.path);
}

/** The source with the names of its files in place of their paths: they may move, and what is said of them stays true. */
export function placeless(source: TransactionSource): TransactionSource {
  return source.format === "simulated" ? source : { ...source, path: mapPaths("source", source.path, fileName) };
}

/** The source with its files at these paths. */
export function withPaths(source: TransactionSource, paths: Readonly<Record<string, string>>): TransactionSource {
  if (source.format === "simulated") return source;
  return { ...source, path: mapPaths("source", source.path, (path, key) => paths[key] ?? path) };
}

/** All files that a source reads: what the fingerprint of the data must cover. None for a simulation. */
export async function listTransactionFiles(
  { files }: SourceEnvironment,
  source: TransactionSource,
): Promise<readonly string[]> {
  return source.format === "simulated" ? [] : expandPaths(files, source.path);
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
    layout:
      source.layout ?? layoutOf(source.format === "handbook-fraud" ? "parquet" : source.format, {}, source.policy),
    source: {
      format: source.format,
      description: isHandbook
        ? "the simulated transactions of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot, Bontempi 2022)"
        : `payments from ${describePaths((typeof source.path === "string" ? [source.path] : source.path).map(fileName))}`,
      simulated: isHandbook,
    },
  });
}
