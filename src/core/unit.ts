/** Units of measure: a table of names, each with its dimension and its size in base units. Decimal and binary prefixes never mix. */

import { DAY } from "./day.ts";

/** Base units: byte, second, US dollar, floating-point operation, joule, ampere, metre. Things that are counted have no dimension. */
export type BaseUnit = "byte" | "second" | "dollar" | "flop" | "joule" | "ampere" | "metre";

/** Exponents of the base units; an absent one is 0. `{}` is a pure number. */
export type Dimension = Readonly<Partial<Record<BaseUnit, number>>>;

export interface Unit {
  readonly dimension: Dimension;
  /** How many base units one of these is. */
  readonly factor: number;
}

const SECOND = { second: 1 } as const;
const BYTE = { byte: 1 } as const;
const DOLLAR = { dollar: 1 } as const;
const FLOP = { flop: 1 } as const;
const JOULE = { joule: 1 } as const;
const WATT = { joule: 1, second: -1 } as const;
const CHARGE = { ampere: 1, second: 1 } as const;
const VOLT = { joule: 1, ampere: -1, second: -1 } as const;

const MINUTE = 60;
const HOUR = 3600;
/** A month of prices: 730 h, a twelfth of 8760 h. Error budgets count 30 days and say so. */
export const MONTH_SECONDS = 730 * HOUR;
export const YEAR_SECONDS = 365 * DAY;

const DECIMAL: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Z: 1e21,
};
const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 };

/** Every unit by each of its spellings. */
export const UNITS: ReadonlyMap<string, Unit> = buildUnits();

/** Suffixes of a bare number: `3.9k`, `2M`, `1.5bn`. `B` is a billion only where a count is expected. */
export const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["K", 1e3],
  ["M", 1e6],
  ["bn", 1e9],
  ["G", 1e9],
  ["B", 1e9],
  ["T", 1e12],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return BASE_UNITS.every((unit) => (a[unit] ?? 0) === (b[unit] ?? 0));
}

/** The dimension of a product (`sign` 1) or a quotient (`sign` -1). Zero exponents are left out. */
export function combine(a: Dimension, b: Dimension, sign: 1 | -1): Dimension {
  const result: Partial<Record<BaseUnit, number>> = {};
  for (const unit of BASE_UNITS) {
    const exponent = (a[unit] ?? 0) + sign * (b[unit] ?? 0);
    if (exponent !== 0) result[unit] = exponent;
  }
  return result;
}

/** The dimension of a power; a root is a power below 1. Undefined when an exponent would not be whole. */
export function raise(dimension: Dimension, power: number): Dimension | undefined {
  const result: Partial<Record<BaseUnit, number>> = {};
  for (const unit of BASE_UNITS) {
    const exponent = (dimension[unit] ?? 0) * power;
    if (Math.abs(exponent - Math.round(exponent)) > 1e-9) return undefined;
    if (Math.round(exponent) !== 0) result[unit] = Math.round(exponent);
  }
  return result;
}

/** A dimension in words: `byte/second`, `1/second`, `a plain number`. */
export function describeDimension(dimension: Dimension): string {
  const above = BASE_UNITS.filter((unit) => (dimension[unit] ?? 0) > 0);
  const below = BASE_UNITS.filter((unit) => (dimension[unit] ?? 0) < 0);
  if (above.length === 0 && below.length === 0) return "a plain number";
  const write = (unit: BaseUnit): string => {
    const power = Math.abs(dimension[unit] ?? 0);
    return power === 1 ? unit : `${unit}^${power}`;
  };
  const numerator = above.map(write).join("·") || "1";
  return below.length === 0 ? numerator : `${numerator}/${below.map(write).join("/")}`;
}

export const BASE_UNITS: readonly BaseUnit[] = ["byte", "flop", "dollar", "joule", "ampere", "metre", "second"];

function buildUnits(): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  const add = (dimension: Dimension, factor: number, ...names: string[]): void => {
    for (const name of names) units.set(name, { dimension, factor });
  };
  add(SECOND, 1e-9, "ns", "nanosecond", "nanoseconds");
  add(SECOND, 1e-6, "us", "µs", "μs", "microsecond", "microseconds");
  add(SECOND, 1e-3, "ms", "millisecond", "milliseconds");
  add(SECOND, 1, "s", "sec", "secs", "second", "seconds");
  add(SECOND, MINUTE, "m", "min", "mins", "minute", "minutes");
  add(SECOND, HOUR, "h", "hr", "hrs", "hour", "hours");
  add(SECOND, DAY, "d", "day", "days");
  add(SECOND, 7 * DAY, "w", "wk", "week", "weeks");
  add(SECOND, MONTH_SECONDS, "mo", "month", "months");
  add(SECOND, YEAR_SECONDS, "y", "yr", "yrs", "year", "years");
  add(BYTE, 1, "B", "byte", "bytes");
  add(BYTE, 1 / 8, "b", "bit", "bits");
  add(DOLLAR, 1, "$", "USD", "dollar", "dollars");
  add(FLOP, 1, "FLOP", "FLOPs", "flop", "flops", "OP", "OPs");
  add(FLOP, 2, "MAC", "MACs");
  add(JOULE, 1, "J", "joule", "joules");
  add(JOULE, 1e-3, "mJ");
  add(JOULE, HOUR, "Wh");
  add(WATT, 1, "W", "watt", "watts");
  add(WATT, 1e-3, "mW");
  add(CHARGE, HOUR, "Ah");
  add(CHARGE, HOUR / 1e3, "mAh");
  add(VOLT, 1, "V", "volt", "volts");
  add({ metre: 1 }, 1e3, "km");
  add({ second: -1 }, 1, "Hz", "rps", "qps", "RPS", "QPS");
  add({ flop: 1, second: -1 }, 1, "FLOPS", "OPS");
  add({ byte: 1, second: -1 }, 1 / 8, "bps");
  for (const [prefix, factor] of Object.entries(DECIMAL)) {
    add(BYTE, factor, `${prefix}B`);
    add(BYTE, factor / 8, `${prefix}b`, `${prefix}bit`);
    add({ byte: 1, second: -1 }, factor / 8, `${prefix}bps`);
    add(FLOP, factor, `${prefix}FLOP`, `${prefix}FLOPs`, `${prefix}OP`, `${prefix}OPs`);
    add(FLOP, 2 * factor, `${prefix}MAC`, `${prefix}MACs`);
    add({ flop: 1, second: -1 }, factor, `${prefix}FLOPS`, `${prefix}OPS`);
    add(WATT, factor, `${prefix}W`);
    add(JOULE, factor, `${prefix}J`);
    add(JOULE, factor * HOUR, `${prefix}Wh`);
    add({ second: -1 }, factor, `${prefix}Hz`);
  }
  for (const [prefix, factor] of Object.entries(BINARY)) {
    add(BYTE, factor, `${prefix}B`);
    add(BYTE, factor / 8, `${prefix}b`, `${prefix}bit`);
  }
  return units;
}
