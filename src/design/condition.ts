/** Conditions as notes write them: `> 0.2`, `drop > 5%`, `recall@100 drop <= 1%`, `psi > 0.2`. */

import { type Comparison, compares } from "../core/comparison.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity, type Quantity } from "../core/quantity.ts";

export interface Condition {
  /** The metric compared; empty where the fact beside it names it. */
  readonly metric: string;
  /** `value` compares the metric itself, `drop` and `rise` its relative change from the reference. */
  readonly of: "value" | "drop" | "rise";
  readonly comparison: Comparison;
  readonly limit: Quantity;
  /** As it was written. */
  readonly text: string;
}

const CONDITION =
  /^(?<metric>[^<>=≤≥!]*?)(?:(?:^|\s)(?<change>drop|rise))?\s*(?<comparison><=|>=|<|>|=|≤|≥)\s*(?<limit>\S.*)$/u;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "=": "=",
  "≤": "<=",
  "≥": ">=",
};
const MAXIMUM_LENGTH = 200;

/** Reads one condition; a failure says what is missing. */
export function parseCondition(text: string): Outcome<Condition> {
  const trimmed = text.trim();
  const groups = trimmed.length > MAXIMUM_LENGTH ? undefined : CONDITION.exec(trimmed)?.groups;
  if (groups === undefined) {
    const shown = trimmed.length > 40 ? `${trimmed.slice(0, 40)}…` : trimmed;
    return fail({
      code: "not-a-condition",
      message: `\`${shown}\` is not a condition: a comparison (<, <=, >, >=) and a limit belong here`,
      fix: "write it like `> 0.2`, `drop > 5%` or `recall@100 drop <= 1%`",
    });
  }
  const limit = parseQuantity(groups.limit);
  if (!limit.ok) return limit;
  return succeed({
    metric: groups.metric.trim(),
    of: groups.change === "drop" ? "drop" : groups.change === "rise" ? "rise" : "value",
    comparison: COMPARISONS[groups.comparison],
    limit: limit.value,
    text: trimmed,
  });
}

/** Whether `value` (already a change where the condition speaks of one) satisfies the condition. */
export function holds(condition: Condition, value: number): boolean {
  return compares(value, condition.comparison, condition.limit.value);
}
