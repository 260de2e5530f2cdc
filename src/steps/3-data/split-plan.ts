/** What a split promises, in seconds: whether it follows time, and how long its parts are. */

import { DAY } from "../../core/day.ts";
import type { Design } from "../design.ts";

type SplitBy = NonNullable<NonNullable<Design["data"]["split"]>["by"]>;

const TEMPORAL: readonly SplitBy[] = ["time", "rolling", "group-and-time"];
const BY_ROW: readonly SplitBy[] = ["random", "random-stratified", "random-per-member", "k-fold"];

/** One date for everybody divides training from test. */
export function isTemporal(by: SplitBy): boolean {
  return TEMPORAL.includes(by);
}

/** Rows are dealt out one by one, whatever they belong to. */
export function isByRow(by: SplitBy): boolean {
  return BY_ROW.includes(by);
}

/** How far back the data goes, in seconds: as stated, else the days of a simulation. */
export function historyOf({ data }: Design): number | undefined {
  return data.history?.value ?? (data.source?.days === undefined ? undefined : data.source.days.value * DAY);
}

export interface Periods {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly gap: number;
  /** Gaps in use: one, and a second before the test where a validation period stands between. */
  readonly gaps: 1 | 2;
  /** All of it: how far back the plan reaches. */
  readonly total: number;
}

/** The parts in seconds; an absent one is 0. Undefined where no part is a duration or the history is not known. */
export function periodsOf(design: Design): Periods | undefined {
  const { split } = design.data;
  const history = historyOf(design);
  const written = [split?.train, split?.validation, split?.test];
  if (written.every((part) => part === undefined)) return undefined;
  const seconds = written.map((part) => {
    if (part === undefined) return 0;
    if (part.dimension.second === 1) return part.value;
    return history === undefined ? Number.NaN : part.value * history;
  });
  if (seconds.some(Number.isNaN)) return undefined;
  const [train, validation, test] = seconds;
  const gap = split?.gap?.value ?? 0;
  const gaps = validation > 0 ? 2 : 1;
  // Shares already divide the whole history, gaps included.
  const inShares = written.every((part) => part === undefined || part.dimension.second === undefined);
  const total = inShares ? train + validation + test : train + validation + test + gaps * gap;
  return { train, validation, test, gap, gaps, total };
}

/** Rows of the test period: as stated, else its share of the labelled examples, and then `assumed` says so. */
export function testRowsOf(design: Design): { readonly rows: number; readonly assumed: boolean } | undefined {
  const { split } = design.data;
  if (split?.rows !== undefined) return { rows: split.rows.value, assumed: false };
  const labelled = design.clarify.labels?.count?.value;
  const test = split?.test;
  if (test === undefined || test.dimension.second !== undefined || labelled === undefined) return undefined;
  return { rows: test.value * labelled, assumed: true };
}
