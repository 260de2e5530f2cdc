/** Growth of a design: its users and its items a year from now. */

import type { Quantity } from "../../../core/quantity.ts";
import type { Sheet, SheetCase } from "../../../estimate/sheet.ts";
import { fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { absoluteGrowth } from "../estimates/absolute-growth.ts";
import { relativeGrowth } from "../estimates/relative-growth.ts";

export const growthSheet: Sheet<Design> = {
  name: "growth",
  title: "in a year",
  step: 1,
  cases: ({ clarify: { users, items } }) => [
    ...grow("users", "1.users.daily", users?.daily, users?.growth),
    ...grow("items", "1.items.count", items?.count, items?.growth),
  ],
};

/** `20%/year` compounds, `30/day` adds. Nothing where no growth is stated. */
function grow(
  subject: "users" | "items",
  key: string,
  count: Quantity | undefined,
  growth: Quantity | undefined,
): readonly SheetCase[] {
  if (growth === undefined) return [];
  const inputs = { count: fact(key, count, "2M"), growth: fact(`1.${subject}.growth`, growth, "20%/year") };
  return [{ subject, estimate: growth.percent ? relativeGrowth : absoluteGrowth, inputs }];
}
