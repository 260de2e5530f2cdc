/** Units of measure: a table of names, each with its dimension and its size in base units. Decimal and binary prefixes never mix. */

import { DAY } from "./day.ts";

/**
 * Base units: byte, second, US dollar, floating-point operation, joule, ampere, metre, gram; other currencies are never
 * converted. Things that are counted have no dimension.
 */
export type BaseUnit = "byte" | "second" | "dollar" | "euro" | "pound" | "flop" | "joule" | "ampere" | "metre" | "gram";

/** Exponents of the base units; an absent one is 0. `{}` is a pure number. */
export type Dimension = Readonly<Partial<Record<BaseUnit, number>>>;

/** Of a number without a unit. */
export const PURE: Dimension = {};

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
const YEAR_SECONDS = 365 * DAY;

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

const SMALL: readonly (readonly [string, number])[] = [
  ["m", 1e-3],
  ["µ", 1e-6],
  ["μ", 1e-6],
  ["u", 1e-6],
  ["n", 1e-9],
  ["p", 1e-12],
  ["f", 1e-15],
];
const MASSES: readonly (readonly [string, number])[] = [
  ["mg", 1e-3],
  ["g", 1],
  ["kg", 1e3],
  ["t", 1e6],
];
/** Bits of one number in the formats that models are stored in, so that `7B params * bf16` is a size. */
const NUMBER_FORMATS: readonly (readonly [bits: number, names: readonly string[]])[] = [
  [64, ["fp64", "float64", "int64", "uint64"]],
  [32, ["fp32", "float32", "int32", "uint32"]],
  [16, ["fp16", "bf16", "float16", "bfloat16", "int16", "uint16"]],
  [8, ["fp8", "float8", "int8", "uint8"]],
  [4, ["fp4", "int4", "uint4", "nf4"]],
];

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

/**
 * A value in base units. By a power of ten its point is moved, as on paper, so that 0.4 ms and 400 us are one double; a product would leave
 * them a rounding apart, and a promise that is just kept would read as broken.
 */
export function inBaseUnits(value: number, factor: number): number {
  const power = Math.round(Math.log10(factor));
  if (!Number.isFinite(value) || Number(`1e${power}`) !== factor) return value * factor;
  const [digits, exponent] = value.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) + power}`);
}

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

export const BASE_UNITS: readonly BaseUnit[] = [
  "byte",
  "flop",
  "dollar",
  "euro",
  "pound",
  "gram",
  "joule",
  "ampere",
  "metre",
  "second",
];

function buildUnits(): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  const add = (dimension: Dimension, factor: number, ...names: string[]): void => {
    for (const name of names) units.set(name, { dimension, factor });
  };
  add(SECOND, 1e-9, "ns", "nsec", "nanosecond", "nanoseconds");
  add(SECOND, 1e-6, "us", "µs", "μs", "usec", "µsec", "microsecond", "microseconds");
  add(SECOND, 1e-3, "ms", "msec", "msecs", "millis", "millisecond", "milliseconds");
  add(SECOND, 1, "s", "sec", "secs", "second", "seconds");
  add(SECOND, MINUTE, "m", "min", "mins", "minute", "minutes");
  add(SECOND, HOUR, "h", "hr", "hrs", "hour", "hours");
  add(SECOND, DAY, "d", "day", "days");
  add(SECOND, 7 * DAY, "w", "wk", "wks", "week", "weeks");
  add(SECOND, MONTH_SECONDS, "mo", "month", "months");
  add(SECOND, YEAR_SECONDS, "y", "yr", "yrs", "year", "years");
  add(BYTE, 1, "B", "byte", "bytes");
  add(BYTE, 1 / 8, "b", "bit", "bits");
  for (const [bits, names] of NUMBER_FORMATS) add(BYTE, bits / 8, ...names);
  add(DOLLAR, 1, "$", "USD", "dollar", "dollars");
  add(DOLLAR, 0.01, "cent", "cents", "¢");
  add({ euro: 1 }, 1, "€", "EUR", "euro", "euros");
  add({ pound: 1 }, 1, "£", "GBP");
  add(FLOP, 1, "FLOP", "FLOPs", "flop", "flops", "OP", "OPs");
  add(FLOP, 2, "MAC", "MACs");
  add(JOULE, 1, "J", "joule", "joules");
  add(JOULE, HOUR, "Wh");
  add(WATT, 1, "W", "watt", "watts");
  add(CHARGE, HOUR, "Ah");
  add(CHARGE, HOUR / 1e3, "mAh");
  add({ ampere: 1 }, 1, "A", "amp", "amps", "ampere", "amperes");
  add(VOLT, 1, "V", "volt", "volts");
  for (const [prefix, factor] of SMALL) {
    add(JOULE, factor, `${prefix}J`);
    add(JOULE, factor * HOUR, `${prefix}Wh`);
    add(WATT, factor, `${prefix}W`);
    add({ ampere: 1 }, factor, `${prefix}A`);
    add(VOLT, factor, `${prefix}V`);
  }
  add(VOLT, 1e3, "kV");
  add({ metre: 1 }, 1, "metre", "metres", "meter", "meters");
  add({ metre: 1 }, 1e-3, "mm");
  add({ metre: 1 }, 1e-2, "cm");
  add({ metre: 1 }, 1e3, "km");
  for (const gas of ["", "CO2", "CO2e", "CO₂", "CO₂e"]) {
    for (const [prefix, factor] of MASSES) add({ gram: 1 }, factor, `${prefix}${gas}`);
  }
  add({ gram: 1 }, 1, "gram", "grams");
  add({ gram: 1 }, 1e6, "tonne", "tonnes");
  const perSecond = { second: -1 } as const;
  add(perSecond, 1, "Hz", "rps", "qps", "tps", "fps", "RPS", "QPS", "TPS", "FPS");
  add(perSecond, 1 / MINUTE, "rpm", "qpm", "RPM", "QPM", "TPM");
  add({ flop: 1, second: -1 }, 1, "FLOPS", "OPS");
  add({ byte: 1, second: -1 }, 1 / 8, "bps");
  add({ byte: 1, second: -1 }, 1, "Bps");
  for (const [prefix, factor] of Object.entries(DECIMAL)) {
    add(BYTE, factor, `${prefix}B`);
    add(BYTE, factor / 8, `${prefix}b`, `${prefix}bit`);
    add({ byte: 1, second: -1 }, factor / 8, `${prefix}bps`);
    add({ byte: 1, second: -1 }, factor, `${prefix}Bps`);
    add(FLOP, factor, `${prefix}FLOP`, `${prefix}FLOPs`, `${prefix}OP`, `${prefix}OPs`);
    add(FLOP, 2 * factor, `${prefix}MAC`, `${prefix}MACs`);
    add({ flop: 1, second: -1 }, factor, `${prefix}FLOPS`, `${prefix}OPS`);
    add(WATT, factor, `${prefix}W`);
    add(JOULE, factor, `${prefix}J`);
    add(JOULE, factor * HOUR, `${prefix}Wh`);
    add(perSecond, factor, `${prefix}Hz`);
  }
  for (const [prefix, factor] of Object.entries(BINARY)) {
    add(BYTE, factor, `${prefix}B`);
    add(BYTE, factor / 8, `${prefix}b`, `${prefix}bit`);
    add({ byte: 1, second: -1 }, factor, `${prefix}Bps`);
  }
  return units;
}
