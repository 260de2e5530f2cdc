/** The error budget that a design's availability leaves. */

import type { Sheet } from "../../../estimate/sheet.ts";
import { fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { errorBudget } from "../estimates/error-budget.ts";

export const errorBudgetSheet: Sheet<Design> = {
  name: "error-budget",
  title: "error budget",
  step: 7,
  cases: ({ clarify }) => [
    {
      subject: "",
      estimate: errorBudget,
      inputs: { objective: fact("1.availability", clarify.availability, "99.9%") },
    },
  ],
};
