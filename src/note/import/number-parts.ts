/** The parts that patterns of written numbers are made of: a number with its magnitude, a time, what parts thousands. */

import type { StepNumber } from "../../core/figure.ts";
import { numberValue } from "../../core/number-text.ts";
import type { QuantityKind } from "../../core/quantity-kind.ts";
import type { ProseLine } from "./proposal.ts";

export type Groups = Readonly<Partial<Record<string, string>>>;

/** Thousands are parted by commas, spaces or apostrophes; a power such as `10^5` is not one of its digits. */
export const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\d|\s?\^)`;
export const MAGNITUDE = String.raw`(?:\s?(?:[kKMB]|bn|Bn|mn)(?![\p{L}])|\s(?:thousand|million|billion|trillion)s?)`;
/** Between the ends of a range: `10-20k`, `2 to 3 million`, `between 1k and 2k`. */
export const TO = String.raw`(?:\s?(?:-|–|—|to)\s?|\sup\sto\s|(?<=\bbetween\s(?:about\s)?${NUM}(?:${MAGNITUDE})?)\sand\s)`;
/** A number with its whole magnitude, perhaps with the other end of a range. */
export const AMOUNT = String.raw`(?<n>${NUM})(?<m>${MAGNITUDE})?(?!${MAGNITUDE})(?:${TO}(?<to>${NUM})(?<tm>${MAGNITUDE})?(?!${MAGNITUDE}))?\+?`;
export const PER = String.raw`\s?(?:/|per|a|each|every)\s?`;
export const TIME = String.raw`(?<time>milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|hours?)(?![\p{L}])`;

/** Of a number that stands by itself: not inside a word, behind another number's point, or the last three digits of one. */
export function pattern(source: string, flags = "dgiu"): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d.,^])(?<!\d[ \u00a0\u202f'’](?=\d{3}(?!\d)))(?:${source})`, flags);
}

export function amountIn(number: string): number {
  return numberValue(number.replaceAll(PARTED, ""));
}

/** What parts thousands. */
export const PARTED = /[,\s'’]/gu;

export function timeUnit({ time = "" }: Groups): string {
  const word = time.toLowerCase();
  if (/^m(?:s|illi)/u.test(word)) return " ms";
  if (word.startsWith("s")) return " s";
  return word.startsWith("h") ? " h" : " min";
}

export interface Pattern {
  readonly step: StepNumber;
  /** A word without which `words` cannot match: most lines with a digit hold none of them, and looking for it costs little. */
  readonly about: RegExp;
  readonly words: RegExp;
  readonly kind: QuantityKind;
  /** Where it stands, or undefined where the match is about something else. */
  readonly path: (groups: Groups, line: ProseLine, sentence: string) => readonly string[] | undefined;
  /** How the unit is written, behind the number. */
  readonly unit?: (groups: Groups) => string;
}
