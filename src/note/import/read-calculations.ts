/** Computes again what the prose computes. */

import { numberValue } from "../../core/number-text.ts";
import type { ProseLine, Remark } from "./proposal.ts";

const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const MAGNITUDE = String.raw`(?:\s?(?:[kMT]|bn|thousand|million|billion|trillion))?`;
const SIZE = String.raw`(?:\s?(?:[KMGTP]i?B|bytes?|B))`;
const SPAN = String.raw`(?:\s?(?:ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hours?|days?))`;
const AMOUNT = String.raw`${NUM}(?:\^\d{1,2}|e\d{1,2}|(?:${SIZE}|${SPAN})(?![\p{L}\d])|${MAGNITUDE})(?![\p{L}\d])`;
/** What is counted, behind its number: `1M users`, `256 dims`; a unit that is not known here is no such word. */
const THINGS = String.raw`(?:\s(?!(?:bits?|[kmgt]?bps|weeks?|months?|years?|us|µs|ns|dozens?|hundreds?|percent|and|or|to|of|from|minus|plus|over|usd|dollars?|euros?|eur|[kmgtp]i?b|bytes?|x)\b)\p{L}{2,15}){0,3}`;
const FACTOR = `${AMOUNT}${THINGS}`;
const CALCULATION = new RegExp(
  String.raw`(?<![\p{L}\d.,^*×'])(?<!\d\s)(?<![\d)%]\s?[-–+*×x/÷]\s?)(?<![\p{L}\]}]\s?[*×/÷+]\s?)(?<left>${FACTOR}(?:\s?[*×x/÷]\s?${FACTOR})+)\s?(?<sign>~=|=|~|≈)\s?(?<right>${AMOUNT})(?<rate>\s?(?:[qrt]ps\b|(?:\p{L}+\s)?(?:per|a)\ssec(?:ond)?\b|(?:\p{L}+\s?)?/\s?s(?:ec(?:ond)?)?\b))?(?![\p{L}\d^]|[.,]\d|\s?[%*×x/÷+]|\s\d|\s(?:bits?|weeks?|months?|years?|us|µs|ns|percent)\b)`,
  "giu",
);

/** What `≈` leaves to rounding, and what `=` does. */
const [ABOUT, EXACT] = [0.1, 0.005];

/** A calculation in the prose, done again: `10^9 * 256 * 2 ~ 500 GB` is 512 GB. */
export function readCalculations(line: ProseLine): Remark[] {
  return [...asTyped(line.text).matchAll(CALCULATION)].flatMap((match): Remark[] => {
    const { left = "", right = "", sign, rate } = match.groups ?? {};
    const parts = left.split(/\s?(?<sign>[*×x/÷])(?=\s?\d)\s?/u);
    const factors = parts.flatMap((part, i) =>
      i % 2 === 0 ? [{ ...amountOf(part), over: i > 0 && /[/÷]/u.test(parts[i - 1]) }] : [],
    );
    const product = factors.reduce((all, { value, over }) => (over ? all / value : all * value), 1);
    const result = amountOf(right);
    const power = (unit: Amount["unit"]): number =>
      factors.reduce((sum, one) => sum + (one.unit !== unit ? 0 : one.over ? -1 : 1), 0);
    const sizes = power("bytes");
    // Of two sizes, and of a size that came out as a mere number, nobody knows what is meant; mere numbers may be of bytes.
    if (!(result.value > 0) || !Number.isFinite(product)) return [];
    if (sizes !== (result.unit === "bytes" ? 1 : 0) && (sizes !== 0 || factors.some(({ unit }) => unit === "bytes")))
      return [];
    const seconds = power("s");
    if (seconds !== (result.unit === "s" ? 1 : 0) && !(rate !== undefined && result.unit === "" && seconds === -1))
      return [];
    const off = Math.abs(product / result.value - 1);
    const unit = result.unit === "" ? "" : ` ${result.unit}`;
    const exact = Number(product.toPrecision(12));
    const shown = exact < 1e6 ? String(exact) : exact.toExponential().replace("e+", "e");
    const far = off > 1 ? "far" : `${off < 0.01 ? (off * 100).toFixed(1) : Math.round(off * 100)}%`;
    const agrees = off <= (sign === "=" ? EXACT : ABOUT);
    return [
      {
        step: line.steps[0] ?? 1,
        says: `computed again: ${shown}${unit}, ${agrees ? "which agrees" : `which is ${far} from ${right.trim()}`}`,
        at: { ...line.place, quote: line.text.includes(match[0]) ? match[0] : line.place.quote },
      },
    ];
  });
}

interface Amount {
  readonly value: number;
  /** Sizes are counted in bytes and times in seconds. */
  readonly unit: "bytes" | "s" | "";
}

/** NaN where the text is no amount. */
function amountOf(text: string): Amount {
  const {
    number = "",
    power,
    word = "",
  } = /^(?<number>[\d,.]+)(?:\^(?<power>\d+))?(?<word>\s?\p{L}*).*$/u.exec(text.trim())?.groups ?? {};
  const exponent = /^e\d+/iu.exec(text.trim().slice(number.length))?.[0] ?? "";
  const base = numberValue(`${number}${exponent}`);
  const value = power === undefined ? base : base ** Number(power);
  const unit = exponent === "" ? word.trim().toLowerCase() : "";
  if (/^(?:[kmgtp]i?b|bytes?|b)$/u.test(unit)) return { value: value * sizeOf(unit), unit: "bytes" };
  const seconds = power === undefined ? SECONDS.find(([words]) => words.test(unit))?.[1] : undefined;
  if (seconds !== undefined) return { value: value * seconds, unit: "s" };
  return { value: value * (MAGNITUDES.get(unit) ?? 1), unit: "" };
}

const SECONDS: readonly (readonly [words: RegExp, seconds: number])[] = [
  [/^(?:ms|milliseconds?)$/u, 1e-3],
  [/^(?:s|secs?|seconds?)$/u, 1],
  [/^(?:mins?|minutes?)$/u, 60],
  [/^(?:h|hours?)$/u, 3600],
  [/^days?$/u, 86_400],
];

const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ...["k", "thousand"].map((one) => [one, 1e3] as const),
  ...["m", "million"].map((one) => [one, 1e6] as const),
  ...["bn", "billion"].map((one) => [one, 1e9] as const),
  ...["t", "trillion"].map((one) => [one, 1e12] as const),
]);

/** `kb`, `gib`, `bytes`, in lower case. */
function sizeOf(unit: string): number {
  const power = "kmgtp".indexOf(unit[0]) + 1;
  return power === 0 ? 1 : (unit[1] === "i" ? 1024 : 1000) ** power;
}

/** A formula as it would be typed: `$10^{9} \cdot 256 \approx 256$ GB` is `10^9 * 256 ≈ 256 GB`. */
function asTyped(text: string): string {
  if (!text.includes("$")) return text;
  return text.replaceAll(/\$(?<formula>[^$]+)\$/gu, (_, formula: string) =>
    formula
      .replaceAll(/\s*\\(?:cdot|times)(?![A-Za-z])\s*/gu, " * ")
      .replaceAll(/\s*\\(?:approx|sim|simeq)(?![A-Za-z])\s*/gu, " ≈ ")
      .replaceAll(/\\(?:text|mathrm)\{(?<inner>[^{}]*)\}/gu, "$<inner>")
      .replaceAll(/\^\{(?<power>\d+)\}/gu, "^$<power>")
      .replaceAll(/\\[,;: ]/gu, " ")
      .trim(),
  );
}
