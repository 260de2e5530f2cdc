/** The variants of a sweep: every combination of the values asked for, in order. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";

/** One key of the note and the values it takes: from `4.stages.candidates.factors=16,32,64`. */
export interface SweptKey {
  readonly key: string;
  readonly values: readonly string[];
}

/** Settings of one variant, by key. */
export type Variant = readonly { readonly key: string; readonly value: string }[];

const MOST_VARIANTS = 1000;

/** Reads `KEY=A,B,C`. Values are as the note writes them; a comma inside brackets does not separate. */
export function parseSweptKey(text: string): Outcome<SweptKey> {
  const at = text.indexOf("=");
  const key = text.slice(0, Math.max(0, at)).trim();
  const values = splitValues(text.slice(at + 1)).filter((value) => value !== "");
  if (at > 0 && key !== "" && values.length > 0) return succeed({ key, values });
  return fail({
    code: "bad-setting",
    message: `\`${text.slice(0, 80)}\` sets nothing`,
    where: "--set",
    fix: "write it like --set 4.stages.candidates.factors=16,32,64",
  });
}

/** All combinations; the last key varies fastest. Fails above a thousand. */
export function combineVariants(keys: readonly SweptKey[]): Outcome<readonly Variant[]> {
  const count = keys.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_VARIANTS) {
    return fail({
      code: "too-many-variants",
      message: `${count} variants are more than ${MOST_VARIANTS}`,
      where: "--set",
      fix: "sweep fewer values at once",
    });
  }
  let variants: Variant[] = [[]];
  for (const { key, values } of keys)
    variants = variants.flatMap((variant) => values.map((value) => [...variant, { key, value }]));
  return succeed(variants);
}

/** `factors=32, trees=100`: the last part of each key says enough. */
export function nameVariant(variant: Variant): string {
  return variant.map(({ key, value }) => `${key.split(".").at(-1)}=${value}`).join(", ");
}

function splitValues(text: string): string[] {
  const values: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i];
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    else if (i === text.length || (character === "," && depth === 0)) {
      values.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return values;
}
