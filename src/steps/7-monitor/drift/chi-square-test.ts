/** Pearson's chi-square test that samples share one law over categories. */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

/** The test, with the size of what it found. */
export interface ChiSquareResult {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** Root of statistic / (n min(rows - 1, columns - 1)), 0 to 1: the size of the drift, which the p-value is not (Cramér). */
  readonly cramersV: number;
  /** Smallest expected count; below 5 the p-value is rough, and rare categories should be pooled. */
  readonly smallestExpected: number;
}

/** Counts per sample (row) and category (column). Categories without a count anywhere are left out. Counts below 0 or NaN are a failure. */
export function chiSquareTest(table: readonly (readonly number[])[]): Outcome<ChiSquareResult> {
  const width = table[0]?.length ?? 0;
  if (table.some((row) => row.length !== width || row.some((count) => !(count >= 0 && Number.isFinite(count)))))
    return fail({ code: "bad-counts", message: "the chi-square test needs rows of equal length with counts from 0" });
  const rowTotals = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnTotals = Array.from({ length: width }, (_, j) => table.reduce((sum, row) => sum + row[j], 0));
  const total = rowTotals.reduce((sum, count) => sum + count, 0);
  const columns = columnTotals.filter((count) => count > 0).length;
  if (table.length < 2 || columns < 2 || rowTotals.some((count) => count === 0))
    return fail({
      code: "empty-sample",
      message: "the chi-square test needs two samples with counts in two categories or more",
    });
  let statistic = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      if (columnTotals[j] === 0) return;
      const expected = (rowTotals[i] * columnTotals[j]) / total;
      smallestExpected = Math.min(smallestExpected, expected);
      statistic += (count - expected) ** 2 / expected;
    });
  });
  const df = (table.length - 1) * (columns - 1);
  const cramersV = Math.sqrt(statistic / (total * Math.min(table.length - 1, columns - 1)));
  return succeed({ statistic, df, pValue: chiSquare(df).survival(statistic), cramersV, smallestExpected });
}
