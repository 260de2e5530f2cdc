/** Numbers as people write them (`1 000 000`, `3.12 × 10^14`, `2^30`, `−5`), and the writings that mean two things. */

/** One ordinary character for each that only looks different, so that offsets stay: no-break spaces, the true minus, full-width signs. */
export function plainCharacters(text: string): string {
  return text.replaceAll(/[\u00a0\u2007\u2009\u202f\u2212\u2011]/gu, (character) =>
    character === "\u2212" || character === "\u2011" ? "-" : " ",
  );
}

/** Digits in groups of three parted by commas, spaces or `_`, with decimals and a power of ten by `e`. */
export const NUMBER = String.raw`(?:\d{1,3}(?:[_,]\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+(?:[eE][+-]?\d{1,3})?`;

/** A number, or a power of one, or both: `3.12 * 10^14`, `2^30`, `10¹⁴`. */
export const NUMBER_WITH_POWER = String.raw`(?:${NUMBER})(?:\s*[x×*·]\s*10(?:(?:\^|\*\*)[+-]?\d{1,3}|[⁺⁻]?[⁰¹²³⁴-⁹]+)|(?:\^|\*\*)[+-]?\d{1,3}|[⁺⁻]?[⁰¹²³⁴-⁹]+)?`;

/** The value of a text that `NUMBER_WITH_POWER` has matched. */
export function numberValue(text: string): number {
  const plain = powerSign(text).replaceAll(/(?<=\d)[_,](?=\d)|(?<=\d) (?=\d)/gu, "");
  const [head, power] = plain.split(/\s*[x×*·]\s*(?=10\^)/u);
  return oneNumber(head) * (power === undefined ? 1 : oneNumber(power));
}

/** `10¹⁴` and `10**14` as `10^14`. */
export function powerSign(text: string): string {
  const raised = text.replaceAll(
    /[⁺⁻]?[⁰¹²³⁴-⁹]+/gu,
    (run) => `^${[...run].map((one) => SUPERSCRIPTS.get(one) ?? one).join("")}`,
  );
  return raised.replaceAll("**", "^");
}

const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"].map((one, i) => [one, "0123456789+-"[i]]),
);

function oneNumber(text: string): number {
  const [base, exponent] = text.split("^");
  return exponent === undefined ? Number(base) : Number(base) ** Number(exponent);
}

/** Two readings of one text, as a message and a way out. */
export interface Doubt {
  readonly message: string;
  readonly fix: string;
}

/**
 * Half the world parts thousands with a point: `200.000` where things are counted, and `1.000` anywhere.
 * `isWhole` says that things are counted here; a price such as `$4.916/h` has its decimals.
 */
export function pointDoubt(number: string, isWhole: boolean): Doubt | undefined {
  const digits = /^(?<head>[1-9]\d{0,2})\.(?<tail>\d{3})$/u.exec(number)?.groups;
  if (digits === undefined || (!isWhole && digits.tail !== "000")) return undefined;
  const decimal = String(Number(number));
  return {
    message: `\`${number}\` can be ${decimal} or ${digits.head},${digits.tail}: the point parts decimals here, thousands elsewhere`,
    fix: `write \`${decimal}\` or \`${digits.head},${digits.tail}\``,
  };
}

/** Whether a number's point may part thousands: a reader of notes keeps it as text, and the fact that it belongs to asks. */
export function isPointBeforeThree(text: string): boolean {
  return /^[1-9]\d{0,2}(?:\.\d{3})+$/u.test(text);
}

/** A letter stuck to its number that is a unit as well as a magnitude. `number` is the text before it. */
export function letterDoubt(letter: string, number: string): Doubt | undefined {
  const readings = LETTERS.get(letter);
  if (readings === undefined) return undefined;
  const [unit, spelled, magnitude, words] = readings;
  return {
    message: `\`${number}${letter}\` can be ${unit} or ${words}`,
    fix: `write \`${number} ${spelled}\` or \`${number}${magnitude}\``,
  };
}

const LETTERS: ReadonlyMap<string, readonly [unit: string, spelled: string, magnitude: string, words: string]> =
  new Map([
    ["B", ["bytes", "bytes", "bn", "billions"]],
    ["b", ["bits", "bits", "bn", "billions"]],
    ["m", ["minutes", "min", "M", "millions"]],
  ]);

/** A text that names two ends, such as `10k-20k users`, `10ms–20ms`, `5 to 10%` or `10..20`. */
const RANGE = new RegExp(
  String.raw`^[-+]?\s*[$€£]?\s*(?:${NUMBER_WITH_POWER})(?!\d|\.\d|\^|[eE][+-]?\d)[\p{L}µ%/ ]*?\s*(?:-|–|—|\.\.\.?|…|\bto\b|\band\b)\s*[$€£]?\s*(?:${NUMBER})`,
  "u",
);

export function isRange(text: string): boolean {
  return RANGE.test(text.replace(/^between\b\s*/iu, ""));
}

/** What to do with a range, in a note and in an expression alike. */
export const RANGE_FIX =
  "write the one number that the design must bear; `heptad estimate NOTE --sweep KEY=LOW..HIGH` shows the range";
