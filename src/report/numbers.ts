/** Numbers as pages and the terminal write them: decimals follow the interval, differences carry their sign. */

import { formatShare, formatValue } from "../core/format-figure.ts";
import { formatQuantity } from "../core/format-quantity.ts";
import { digitsOfPart } from "../core/nines.ts";

type Interval = readonly [number, number] | null;

/** What is written of a figure. */
export interface Written {
  readonly value: number;
  readonly interval: Interval;
  readonly unit: string;
}

/** A value and its bounds apart, so that a page can set the bounds back. */
export interface Pair {
  readonly value: string;
  /** `[0.076, 0.119]`; empty where there is no interval. */
  readonly bounds: string;
}

/** How many decimals, where the interval alone does not say it. */
export interface Decimals {
  /** Decimals beyond its own, where a limit would otherwise look as if it were met exactly. */
  readonly more?: number;
  /** Decimals that it has at least: those of the column, or of the sentence, that it stands in. */
  readonly least?: number;
}

/**
 * `0.131 [0.111, 0.153]`: half the interval's width keeps two digits, and all three numbers take that many decimals. What is the same at
 * both ends is written as it is.
 */
export function pairOf({ value, interval, unit }: Written, { more = 0, least }: Decimals = {}): Pair {
  const scale = unit === "share" ? 100 : 1;
  const write = (one: number, digits: number): string => fixed(one * scale, digits);
  const sign = unit === "share" ? "%" : "";
  if (interval === null) {
    const isAligned = least !== undefined && SCALED.has(unit) && Number.isFinite(value);
    const text = isAligned
      ? `${write(value, least)}${unit === "points" ? " points" : sign}`
      : formatValue({ value: roundTo(value, unit), unit });
    return { value: text, bounds: "" };
  }
  const own = ownDecimals({ interval, unit });
  if (own === undefined) {
    const [low, high] = interval.map((end) => formatValue({ value: roundTo(end, unit), unit }));
    return { value: formatValue({ value: roundTo(value, unit), unit }), bounds: `[${low}, ${high}]` };
  }
  const digits = Math.max(own + more, least ?? 0);
  const [low, high] = interval.map((end) => write(end, digits));
  return { value: `${write(value, digits)}${sign}`, bounds: `[${low}, ${high}]` };
}

/** The decimals that each of these numbers needs to be written alike: those of the narrowest interval; undefined where none has one. */
export function sharedDecimals(written: readonly Pick<Written, "interval" | "unit">[]): number | undefined {
  const known = written.map(ownDecimals).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function ownDecimals({ interval, unit }: Pick<Written, "interval" | "unit">): number | undefined {
  if (interval === null || !SCALED.has(unit)) return undefined;
  const scale = unit === "share" ? 100 : 1;
  return decimalsOf([interval[0] * scale, interval[1] * scale]);
}

/** The same with the sign of a difference: `+0.098 [0.076, 0.119]`. */
export function gapOf(written: Written, decimals: Decimals = {}): Pair {
  const pair = pairOf(written, decimals);
  return written.value > 0 && !/^0(?:\.0+)?%?$/u.test(pair.value) ? { ...pair, value: `+${pair.value}` } : pair;
}

/** Both parts on one line. */
export function joined({ value, bounds }: Pair): string {
  return bounds === "" ? value : `${value} ${bounds}`;
}

/** Decimals that show two digits of half the width; undefined where the width is nothing. */
export function decimalsOf(interval: readonly [number, number]): number | undefined {
  const half = Math.abs(interval[1] - interval[0]) / 2;
  if (!(half > 0) || !Number.isFinite(half)) return undefined;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))));
}

/** `about 9,200`, `about 490`: two digits, for a number that rests on an estimate. */
export function roughly(count: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return `about ${(Math.round(count / step) * step).toLocaleString("en-US")}`;
}

/** `26.7%`; below a tenth of a percent in words. */
export function shareWords(share: number): string {
  return share > 0 && share < 0.001 ? "less than 0.1%" : plain(share, "share");
}

/** `27%`, `99.6%`: two digits, and more where they would call nearly all of it all. */
export function roughShare(share: number): string {
  return formatShare(Math.abs(share) > 1 ? Number(share.toPrecision(2)) : share, 2);
}

/** Three significant digits, whole dollars above 10, counts in full. */
export function plain(value: number, unit: string): string {
  return formatValue({ value: roundTo(value, unit), unit });
}

/** A time that the note states, with every digit of it: `100 ms`, `1.234 s`. A limit is no measurement, and nothing of it is rounded. */
export function statedTime(seconds: number): string {
  return formatQuantity(seconds, "duration", { digits: 12 }).replace(/ us$/u, " µs");
}

/** `$863`: whole dollars above 10. */
export function money(dollars: number): string {
  return dollars >= 10 ? `$${Math.round(dollars).toLocaleString("en-US")}` : `$${Number(dollars.toPrecision(2))}`;
}

/** `twice`, `3.4 times`, `a third`: a factor in words, for a sentence. */
export function factorWords(factor: number): string {
  if (factor > 100) return "more than 100 times";
  if (factor >= 1.9 && factor <= 2.15) return "twice";
  return `${Number(factor.toPrecision(2))} times`;
}

/** Units whose value and bounds share one scale. */
const SCALED = new Set(["", "share", "points"]);

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  // A zero has no sign.
  const bare = /^-0(?:\.0+)?$/u.test(text) ? text.slice(1) : text;
  const [whole, decimals] = bare.split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

function roundTo(value: number, unit: string): number {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value) || value === 0) return value;
  if (unit !== "s" && unit !== "B" && magnitude >= 1000) return Math.round(value);
  const rounded = Number(value.toPrecision(3));
  // Nearly all is not all: 0.9996 would be printed as 100%.
  const losesRest = (unit === "share" || unit === "") && magnitude < 1 && Math.abs(rounded) === 1;
  return losesRest ? Number(value.toPrecision(digitsOfPart(magnitude, 1, 3))) : rounded;
}
