import { expect, it } from "vitest";
import { columnsAboutLabel } from "./about-the-label.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";

const column = (name: string, role: Role = "attribute"): ProfiledColumn => ({
  ...{ name, role, why: "", place: 1, kind: "text", rows: 100, missing: 0, distinct: 5, isCounted: true },
  ...{ least: Number.NaN, most: Number.NaN, mean: Number.NaN, negative: 0, top: [], strays: 0 },
  histogram: { from: 0, to: 0, counts: [] },
});
const about = (...columns: readonly ProfiledColumn[]): string[] => columnsAboutLabel(columns).map(({ name }) => name);

it("takes columns that are called after the label, whatever stands before or behind its word", () => {
  expect(about(column("churn", "label"), column("churn_reason"), column("region"))).toEqual(["churn_reason"]);
  expect(about(column("is_churn_flag", "label"), column("churn_reason"))).toEqual(["churn_reason"]);
  expect(about(column("customer_churn", "label"), column("churn_score", "amount"))).toEqual(["churn_score"]);
  expect(about(column("churn", "label"), column("churning"))).toEqual([]);
});

it("takes nothing where there is no label or its name says nothing of what is predicted", () => {
  expect(about(column("churn_reason"), column("region"))).toEqual([]);
  for (const plain of ["label", "target", "y", "booking", "ordered", "purchase"])
    expect(about(column(plain, "label"), column(`${plain}_size`))).toEqual([]);
});

it("leaves what was known before, what is no input anyway, and another column that is called as a label is", () => {
  expect(
    about(
      column("churn", "label"),
      column("churn_rate_last_year"),
      column("churn_id", "id"),
      column("churn_list", "list"),
    ),
  ).toEqual([]);
  const fraud: ProfiledColumn = {
    ...{ ...column("fraud"), kind: "whole", distinct: 2, least: 0, most: 1 },
    top: ["0", "1"].map((value) => ({ value, share: 0.5 })),
  };
  expect(about(column("converted", "label"), fraud, column("fraud_type"))).toEqual(["fraud_type"]);
});
