import { expect, it } from "vitest";

import type { ColumnEnds } from "./column-profile.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import { openDayOf, standInQuestion, standInsOf } from "./stand-ins.ts";

const column = (ends: Partial<ColumnEnds>, more: Partial<ProfiledColumn> = {}): ProfiledColumn => ({
  name: "temperature",
  place: 1,
  kind: "number",
  role: "attribute",
  why: "",
  rows: 1000,
  missing: 0,
  distinct: 50,
  isCounted: true,
  least: 0,
  most: 0,
  mean: 0,
  negative: 0,
  top: [],
  histogram: { from: 0, to: 0, counts: [] },
  strays: 0,
  ends: { cells: 1000, least: 0, most: 80, atLeast: 1, atMost: 1, aboveLeast: 1, belowMost: 79, ...ends },
  ...more,
});
const values = (one: ProfiledColumn) => standInsOf(one).map(({ value }) => value);

it("finds what lies further from all others than those lie apart, if several cells hold it", () => {
  expect(standInsOf(column({ least: -999, atLeast: 80, aboveLeast: 40 }))).toEqual([
    { value: -999, share: 0.08, others: [40, 80] },
  ]);
  expect(values(column({ least: -999, atLeast: 4, aboveLeast: 40 }))).toEqual([]);
  expect(values(column({ least: 20, atLeast: 80, aboveLeast: 40 }))).toEqual([]);
  expect(values(column({ most: 1.7976931348623157e308, atMost: 80, belowMost: 79 }))).toEqual([1.7976931348623157e308]);
});

it("finds one at each end", () => {
  expect(values(column({ least: -999, atLeast: 80, aboveLeast: 40, most: 9999, atMost: 80 }))).toEqual([-999, 9999]);
});

it("finds 99 above ages and -1 below counts where they come often, and no other number so near", () => {
  const ages = { least: 18, aboveLeast: 19, belowMost: 79 };
  expect(values(column({ ...ages, most: 99, atMost: 100 }))).toEqual([99]);
  expect(values(column({ ...ages, most: 98, atMost: 100 }))).toEqual([]);
  expect(values(column({ ...ages, most: 99, atMost: 20 }))).toEqual([]);
  expect(values(column({ least: -1, atLeast: 300, aboveLeast: 0 }))).toEqual([-1]);
  expect(values(column({ least: -1, atLeast: 300, aboveLeast: -0.5 }))).toEqual([]);
});

it("takes no identifier and no flag for a quantity", () => {
  const far = { least: -999, atLeast: 80, aboveLeast: 40 };
  expect(values(column(far, { role: "member" }))).toEqual([]);
  expect(values(column(far, { distinct: 3 }))).toEqual([]);
});

it("asks of a number and of a day without end, and shows each as it is written", () => {
  const far = column({ least: -999, atLeast: 80, aboveLeast: 40 }, { top: [{ value: "-999.0", share: 0.08 }] });
  expect(standInQuestion(far)[0]).toMatch(
    /`-999\.0` in `temperature` \(8% of its cells\).*from 40 to 80.*null: \["-999\.0"\]/u,
  );
  const day = (value: string) => openDayOf({ kind: "text", top: [{ value, share: 0.9 }] })?.value;
  expect(day("9999-12-31")).toBe("9999-12-31");
  expect(day("2024-12-31")).toBeUndefined();
  expect(day("1970-01-01 08:15:00")).toBeUndefined();
});
