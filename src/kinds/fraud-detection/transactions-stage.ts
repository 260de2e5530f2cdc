/** The stage that reads the card payments: what there is, over which time, and how rare fraud is. */

import type { Chart } from "../../core/chart.ts";
import { DAY, dayNumber } from "../../core/day.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { fileName } from "../../core/file-name.ts";
import { formatNumber, formatShare } from "../../core/format-figure.ts";
import { plural } from "../../core/plural.ts";
import { describePaths } from "../../steps/3-data/sources/source-paths.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { placeless, readTransactions, sourcePaths, type TransactionSource, withPaths } from "./transaction-source.ts";
import { type Transactions, transactionsToStored } from "./transactions.ts";

export const TRANSACTIONS_STAGE = "transactions";

/** `fingerprint` covers the contents of the source's files; the folder they lie in is no part of the stage's key. */
export function transactionsStage(source: TransactionSource, fingerprint: string): Stage {
  return stage({
    name: TRANSACTIONS_STAGE,
    step: 3,
    title: `reading ${describeTransactions(source)}`,
    inputs: [],
    data: { fingerprint, paths: sourcePaths(source) },
    plan: placeless(source),
    run: readPayments,
  });
}

async function readPayments(
  source: TransactionSource,
  { paths, environment, random }: Pick<StageContext, "paths" | "environment" | "random">,
): Promise<StageResult> {
  const transactions = await readTransactions(environment, withPaths(source, paths), random);
  return stageResult({
    ...transactionsToStored(transactions),
    figures: dataFigures(transactions),
    remarks: dataRemarks(transactions),
    charts: [fraudByWeek(transactions)],
  });
}

/** The source in a few words. */
export function describeTransactions(source: TransactionSource): string {
  if (source.format === "simulated") return "a simulated world of payments";
  const { path } = source;
  return source.format === "handbook-fraud"
    ? "the Fraud Detection Handbook's transactions"
    : describePaths((typeof path === "string" ? [path] : path).map(fileName));
}

function dataFigures({ count, customers, terminals, fraud, time }: Transactions): Figure[] {
  const frauds = countFrauds(fraud);
  const add = (name: string, value: number, unit: string): Figure =>
    figure({ step: 3, name, subject: "data", value, unit });
  const size = (name: string, value: number, unit: string): Figure => ({ ...add(name, value, unit), role: "size" });
  return [
    size("transactions", count, "transactions"),
    { ...size("customers", customers, "customers"), stated: "users" },
    size("terminals", terminals, "terminals"),
    size("frauds", frauds, "transactions"),
    add("fraud share", frauds / count, "share"),
    add("history", (time[count - 1] - time[0]) / DAY, "d"),
  ];
}

function countFrauds(fraud: Uint8Array): number {
  return fraud.reduce((sum, one) => sum + one, 0);
}

function dataRemarks({ count, time, fraud, repairs, source }: Transactions): Remark[] {
  const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
  const share = countFrauds(fraud) / count;
  return [
    {
      kind: "answer",
      text: `${source.description}: ${formatNumber(count)} payments from ${day(time[0])} to ${day(time[count - 1])}, ${formatShare(share)} of them fraud.`,
    },
    ...(source.readings ?? []).map((text): Remark => ({ kind: "assumption", text: `Read: ${text}.` })),
    ...repairs.map(
      ({ count: rows, description }): Remark => ({
        kind: "repair",
        text: `${plural(rows, "row")}: ${description}`,
      }),
    ),
  ];
}

function fraudByWeek({ time, fraud }: Transactions): Chart {
  const first = dayNumber(time[0]);
  const weeks: number[] = [];
  for (let row = 0; row < time.length; row++) {
    const week = Math.floor((dayNumber(time[row]) - first) / 7);
    weeks[week] = (weeks[week] ?? 0) + fraud[row];
  }
  return {
    form: "lines",
    title: "Frauds by week",
    caption: "Payments that turned out to be fraud, by the week they were made in. The last week may be a short one.",
    xLabel: "week",
    yLabel: "frauds",
    points: Array.from(weeks, (y, x) => ({ x, y: y ?? 0 })),
  };
}
