/** A figure that is no number is never printed, kept or judged: the result is refused. */

import { FailureError } from "../../core/outcome.ts";
import type { TableResult } from "./result.ts";

/** Throws a `FailureError` at the first value, or end of an interval, that is no finite number. */
export function refuseNoFigures({ rows, checks, claims }: TableResult): void {
  for (const { name, values } of [...rows, ...checks, ...claims])
    for (const [metric, { value, interval }] of Object.entries(values))
      for (const figure of [value, ...(interval ?? [])]) requireFigure(figure, `${metric} of ${name}`);
  for (const { name, validation } of rows) if (validation !== null) requireFigure(validation, `validation of ${name}`);
}

export function requireFigure(figure: number, what: string): void {
  if (Number.isFinite(figure)) return;
  throw new FailureError({
    code: "no-figure",
    message: `${what} came out as no number: too little of the data can be judged`,
    where: "--data",
    fix: "take every file whole, as its source publishes it",
  });
}
