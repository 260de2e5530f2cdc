/** The three ways a sheet gets a value: a fact, a line of an earlier sheet, or an assumption with its reason. */

import type { Quantity } from "../core/quantity.ts";
import type { AssumedInput, FactInput, ResultInput } from "./sheet.ts";

/** A fact under `key`; where it is absent, `example` is what to write. */
export function fact(key: string, stated: Quantity | number | undefined, example: string): FactInput {
  const value = typeof stated === "object" ? stated.value : stated;
  return { from: "fact", key, value, text: typeof stated === "object" ? stated.text : String(stated ?? ""), example };
}

/** Several quantities under one key, such as the budgets of all stages. */
export function factList(key: string, stated: readonly Quantity[], example: string): FactInput {
  const value = stated.length === 0 ? undefined : stated.map((one) => one.value);
  return { from: "fact", key, value, text: stated.map((one) => one.text).join(", "), example };
}

/** A line of an earlier sheet: `traffic.peak`. */
export function result(of: string): ResultInput {
  return { from: "result", of };
}

/** A value that nobody stated. `why` is shown beside it. */
export function assumed(text: string, why: string): AssumedInput {
  return { from: "assumption", text, why };
}
