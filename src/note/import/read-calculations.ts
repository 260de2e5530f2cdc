/** Computes again what the prose computes. */

import { numberValue } from "../../core/number-text.ts";
import type { ProseLine, Remark } from "./proposal.ts";

const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const MAGNITUDE = String.raw`(?:\s?(?:[kMT]|bn|thousand|million|billion|trillion))?`;
const SIZE = String.raw`(?:\s?(?:[KMGTP]i?B|bytes))`;
const FACTOR = String.raw`${NUM}(?:\^\d{1,2}|e\d{1,2}|${SIZE}|${MAGNITUDE})(?![\p{L}\d])`;
const CALCULATION = new RegExp(
  String.raw`(?<![\p{L}\d.,^*×'])(?<!\d\s)(?<left>${FACTOR}(?:\s?[*×x]\s?${FACTOR})+)\s?(?<sign>~=|=|~|≈)\s?(?<right>${NUM}(?:\^\d{1,2}|e\d{1,2}|${SIZE}|${MAGNITUDE}))(?![\p{L}\d^]|[.,]\d|\s?[*×x/+]|\s\d)`,
  "giu",
);

/** What `≈` leaves to rounding, and what `=` does. */
const [ABOUT, EXACT] = [0.1, 0.005];

/** A calculation in the prose, done again: `10^9 * 256 * 2 ~ 500 GB` is 512 GB. */
export function readCalculations(line: ProseLine): Remark[] {
  return [...asTyped(line.text).matchAll(CALCULATION)].flatMap((match): Remark[] => {
    const { left = "", right = "", sign } = match.groups ?? {};
    const factors = left.split(/\s?[*×x](?=\s?\d)\s?/u).map(amountOf);
    const product = factors.reduce((all, { value }) => all * value, 1);
    const result = amountOf(right);
    const sizes = factors.filter(({ isSize }) => isSize).length;
    // Of two sizes, and of a size that came out as a mere number, nobody knows what is meant.
    if (!(result.value > 0) || !Number.isFinite(product) || sizes > 1 || (sizes === 1 && !result.isSize)) return [];
    const off = Math.abs(product / result.value - 1);
    const unit = result.isSize ? " bytes" : "";
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
  readonly isSize: boolean;
}

/** NaN where the text is no amount. */
function amountOf(text: string): Amount {
  const {
    number = "",
    power,
    word = "",
  } = /^(?<number>[\d,.]+)(?:\^(?<power>\d+))?(?<word>.*)$/u.exec(text.trim())?.groups ?? {};
  const base = numberValue(/^e\d/iu.test(word) ? `${number}${word}` : number);
  const value = power === undefined ? base : base ** Number(power);
  const unit = /^e\d/iu.test(word) ? "" : word.trim().toLowerCase();
  const isSize = /^(?:[kmgtp]i?b|bytes)$/u.test(unit);
  return { value: value * (isSize ? sizeOf(unit) : (MAGNITUDES.get(unit) ?? Number.NaN)), isSize };
}

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
  return unit === "bytes" ? 1 : (unit[1] === "i" ? 1024 : 1000) ** power;
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
