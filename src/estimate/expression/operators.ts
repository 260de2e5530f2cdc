/** The signs and words between values: comparisons, products, what stands before the unit of a result. */

import type { BinaryOperator } from "./node.ts";

/** What may stand before the unit of a result. */
export const ARROWS = ["->", "→", "=>", "in", "to", "~", "≈"] as const;
export const COMPARISONS: ReadonlyMap<string, BinaryOperator> = new Map([
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
  ["==", "=="],
  ["!=", "!="],
]);
export const PRODUCTS: ReadonlyMap<string, BinaryOperator> = new Map([
  ["*", "*"],
  ["×", "*"],
  ["·", "*"],
  ["x", "*"],
  ["/", "/"],
  ["÷", "/"],
  ["of", "*"],
  ["per", "/"],
]);
/** Words that never name a value. */
export const RESERVED: ReadonlySet<string> = new Set(["in", "to", "per", "of", "if"]);
export const APPROXIMATELY: ReadonlySet<string> = new Set([
  "~",
  "≈",
  "about",
  "roughly",
  "approximately",
  "around",
  "circa",
]);
