/** The quantities of a sentence: numbers with a unit or a counted noun, in digits or in words. */

import { digitsForWords } from "./number-words.ts";
import { parseQuantity } from "./quantity.ts";

const NUMBER = String.raw`[~≈]?[$€£]?\d[\d.,_]*\d|[~≈]?[$€£]?\d`;
/** A sign between two numbers multiplies them: `20 × 3` holds no factor of 20. */
const WORD = String.raw`(?![×x] ?\d)(?:[%×]|[\p{L}µμ]+(?:/[\p{L}]+)?|/[\p{L}]+)`;
const START = new RegExp(String.raw`(?<![\p{L}\d.,_/])(?:${NUMBER})`, "gu");
const REST = new RegExp(String.raw`^(?:[ -]?${WORD})(?:[ -]${WORD})?`, "u");
const EACH = /^ (?:per|a|an|each|every) (?<below>(?:\d[\d.,]* )?\p{L}+)/u;

/** As `parseQuantity` reads them, each as long as it can be; what it doubts or refuses is left out. */
export function quantitiesIn(text: string): readonly string[] {
  const digits = digitsForWords(text);
  const found: string[] = [];
  let until = 0;
  for (const { index, 0: number } of digits.matchAll(START)) {
    const one = index < until ? undefined : quantityAt(number, digits.slice(index + number.length));
    if (one === undefined) continue;
    found.push(one.text);
    until = index + number.length + one.length;
  }
  return found;
}

/** The longest that is one quantity, and how much of what stands behind the number it takes. */
function quantityAt(number: string, rest: string): { readonly text: string; readonly length: number } | undefined {
  const longest = REST.exec(rest)?.[0] ?? "";
  const heads = [longest, /^[ -]?[^ -]+/u.exec(longest)?.[0] ?? ""].filter((one) => one !== "");
  for (const head of /^[~≈]?[$€£]/u.test(number) ? [...heads, ""] : heads) {
    const each = EACH.exec(rest.slice(head.length));
    const ways = [
      ...(each === null
        ? []
        : [{ text: `${number}${head} per ${each.groups?.below}`, length: head.length + each[0].length }]),
      { text: `${number}${head}`, length: head.length },
    ];
    const found = ways.find(({ text }) => parseQuantity(text.replace(/^[~≈]/u, "")).ok);
    if (found !== undefined) return found;
  }
  return undefined;
}
