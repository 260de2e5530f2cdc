/** The ledger's third question: what does it cost by the month, by the estimate, against the budget? */

import { capital } from "../../core/capital.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { money } from "../numbers.ts";

const QUESTION = "What does it cost?";

const PARTS: readonly (readonly [line: string, words: string])[] = [
  ["serving", "replicas"],
  ["network", "traffic"],
  ["storage", "storage"],
];

export function whatItCosts(run: MeasuredRun): LedgerRow {
  const { estimates, stated } = run.context;
  const line = (name: string): number | undefined =>
    estimates.find(({ sheet, line: of }) => sheet === "cost" && of === name)?.value;
  const total = line("total");
  const empty = { step: 6, question: QUESTION, value: "", bounds: "", parts: [], drawing: null, detail: "" };
  if (total === undefined)
    return {
      ...empty,
      state: "none",
      verdict: "not estimated",
      line: `facts are missing: heptad estimate ${shellWord(run.design)} says which`,
    };
  const parts = PARTS.flatMap(([name, words]) => {
    const value = line(name);
    return value === undefined || value < 0.005 * total ? [] : [`${words} ${money(value)}`];
  });
  const budget = stated.budgetPerMonth;
  const row = {
    ...empty,
    line: `${money(total)}${budget === null ? "" : ` of ${money(budget)}`} a month, an estimate`,
    detail: parts.length === 0 ? "" : `${capital(parts.join(", "))}.`,
    value: money(total),
    bounds: budget === null ? "a month" : `of ${money(budget)} a month`,
  };
  if (budget === null) return { ...row, state: "none", verdict: "no budget stated" };
  const drawing = { form: "share" as const, measured: total, granted: 0, limit: budget };
  return total <= budget
    ? { ...row, drawing, state: "ok", verdict: "within budget" }
    : { ...row, drawing, state: "bad", verdict: "over budget" };
}
