/** Names as aggregates write them, and what is said of a column whose own name is no such one. */

import { plainLetters } from "../../../core/plain-letters.ts";

/** Whether a name can stand in an aggregate as it is: letters without accents, digits, `_`, `.` and `-`. */
export function isAggregateName(name: string): boolean {
  return /^[A-Za-z_][\w.-]*$/u.test(name);
}

/** What of a name can stand in an aggregate: `net amount` is `net_amount`, and `montant_é` is `montant_e`. */
export function plainName(name: string): string {
  const plain = plainLetters(name)
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .replaceAll(/^_|_$/gu, "");
  if (plain === "") return "column";
  return /^[a-z]/u.test(plain) ? plain : `column_${plain}`;
}

/** `value(net amount)`: a column's own name where only a plainer one can stand. */
export interface OddName {
  readonly name: string;
  readonly plain: string;
  /** The whole aggregate with the plainer name. */
  readonly written: string;
  readonly isRate: boolean;
}

/** What one aggregate of a column is of; the name may hold one pair of brackets, as `amount (EUR)` does. */
const OF_COLUMN = /\b(?<kind>count|sum|mean|rate|recency|value|age)\((?<name>[^(),]+(?:\([^()]*\)[^(),]*)?)\)/u;
const IS_AGGREGATE = /^(?:count|sum|mean|rate|recency|ratio|value|age)\s*\(/u;
const LONGEST = 200;

/** The first name in an aggregate that cannot stand there; undefined where there is none. */
export function oddNameIn(text: string): OddName | undefined {
  const found = [...text.slice(0, LONGEST).matchAll(new RegExp(OF_COLUMN, "gu"))];
  for (const { 0: whole, groups } of found) {
    const { kind = "", name: given = "" } = groups ?? {};
    const name = given.trim().replace(/^(?<quote>["'`])(?<inside>.*)\k<quote>$/u, "$<inside>");
    if (name === "" || isAggregateName(name) || IS_AGGREGATE.test(name)) continue;
    const plain = plainName(name);
    return { name, plain, written: text.replace(whole, () => `${kind}(${plain})`), isRate: kind === "rate" };
  }
  return undefined;
}
