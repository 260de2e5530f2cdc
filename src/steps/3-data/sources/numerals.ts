/** How a text writes numbers: what parts the decimals, and what parts thousands. */

import { FailureError } from "../../../core/outcome.ts";
import { sqlText } from "./sql-text.ts";

/** Absent signs are a point before decimals, and nothing between thousands. Plain data. */
export type Numerals = { readonly decimal?: "." | ","; readonly thousands?: Thousands };

/** Signs between thousands; `space` is any blank, a no-break one too. */
export const THOUSANDS = [".", ",", "'", "space"] as const;
export type Thousands = (typeof THOUSANDS)[number];

/** What a note says of numerals; undefined where it says nothing. Throws a `FailureError` where one sign would mean both. */
export function numeralsOf({ decimal, thousands }: Numerals): Numerals | undefined {
  if (decimal === undefined && thousands === undefined) return undefined;
  if ((decimal ?? ".") === thousands)
    throw new FailureError({
      code: "one-sign-for-both",
      message: `\`${thousands}\` cannot part decimals and thousands alike`,
      where: "section 3, source",
      fix:
        thousands === "."
          ? 'say what parts the decimals: `decimal: ","`'
          : "give `thousands` another sign, or leave it out",
    });
  return { ...(decimal === undefined ? {} : { decimal }), ...(thousands === undefined ? {} : { thousands }) };
}

/** A text as a DOUBLE in SQL, NULL where it is no number so written: groups of thousands have three digits, and a sign that is not due is none. */
export function numeralSql(text: string, { decimal = ".", thousands }: Numerals): string {
  const shape = `regexp_full_match(${text}, ${sqlText(numeralPattern({ decimal, thousands }))})`;
  const bare = thousands === undefined ? text : `regexp_replace(${text}, ${sqlText(CLASSES[thousands])}, '', 'g')`;
  const plain = decimal === "." ? bare : `replace(${bare}, ',', '.')`;
  return `CASE WHEN ${shape} THEN TRY_CAST(${plain} AS DOUBLE) END`;
}

/** The pattern of a whole cell, for SQL. */
export function numeralPattern({ decimal = ".", thousands }: Numerals): string {
  const whole = thousands === undefined ? "\\d+" : `(?:\\d{1,3}(?:${CLASSES[thousands]}\\d{3})+|\\d+)`;
  const sign = CLASSES[decimal];
  return `[-+]?(?:${whole}(?:${sign}\\d*)?|${sign}\\d+)(?:[eE][-+]?\\d+)?`;
}

const CLASSES: Readonly<Record<Thousands, string>> = {
  ".": "[.]",
  ",": "[,]",
  "'": "['\u2019]",
  space: "[ \u00a0\u202f\u2009]",
};
