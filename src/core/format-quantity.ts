/** Writes a number with a dimension back as people write it: `1.2 GB`, `40k/s`, `8.7 days`, `$5k/month`, `99.95%`. */

import { DAY } from "./day.ts";
import { digitsOfPart } from "./nines.ts";
import { QUANTITY_KINDS, type QuantityKind } from "./quantity-kind.ts";
import { BASE_UNITS, type BaseUnit, type Dimension, MONTH_SECONDS, sameDimension } from "./unit.ts";

export interface FormatOptions {
  /** Significant digits, 3 unless told. */
  readonly digits?: number;
}

/**
 * The human form of a value in base units. `as` is its dimension, or the kind of fact it is: `share` is written in
 * percent, `factor` as `3x`, `growth` per year. `parseQuantity` reads the text back to the digits kept. A value that is
 * not finite is written `n/a`, which no parser takes for a number.
 */
export function formatQuantity(value: number, as: Dimension | QuantityKind, options: FormatOptions = {}): string {
  if (!Number.isFinite(value)) return "n/a";
  const digits = options.digits ?? 3;
  if (value < 0) return `-${formatQuantity(-value, as, options)}`;
  if (typeof as !== "string") return formatDimension(value, as, digits);
  if (as === "share") return `${plain(Number((value * 100).toPrecision(15)), digitsOfPart(value, 1, digits))}%`;
  if (as === "factor") return `${plain(value, digits)}x`;
  if (as === "growth") return `${plain(value * 365 * DAY * 100, digits)}%/year`;
  return formatDimension(value, QUANTITY_KINDS[as].dimensions[0], digits);
}

/** A value written in a unit that was asked for, such as `GB` or `req/s`, of the given size in base units. */
export function formatInUnit(value: number, unit: string, factor: number, options: FormatOptions = {}): string {
  if (!Number.isFinite(value)) return "n/a";
  const size = Math.abs(value) / factor;
  // In a unit that was asked for the whole part is said in full: 131072 B, 58982 h.
  const whole = size < 1e7 ? Math.ceil(Math.log10(size + 1)) : 0;
  const asked = Math.max(options.digits ?? 4, whole);
  const number = plain(size, unit === "%" ? digitsOfPart(size, 100, asked) : asked);
  const sign = value < 0 ? "-" : "";
  if (/^[$€£]/u.test(unit)) return `${sign}${unit[0]}${number}${unit.slice(1)}`;
  return `${sign}${number}${/^[%/x]/u.test(unit) ? "" : " "}${unit}`;
}

const MINUTE = 60;
const HOUR = 3600;

/** One way of writing a dimension: a value of at least `from` is divided by `factor` and stands before `suffix`. */
interface Form {
  readonly from: number;
  readonly factor: number;
  readonly prefix?: string;
  readonly suffix: string;
}

const PREFIXES = ["", "k", "M", "G", "T", "P", "E"] as const;

function prefixed(unit: string, spaced = " ", before = ""): readonly Form[] {
  return PREFIXES.map((prefix, i) => ({
    from: 1000 ** i,
    factor: 1000 ** i,
    prefix: before,
    suffix: `${spaced}${prefix}${unit}`,
  }));
}

/** Bare numbers say thousands, millions, billions (`bn`, since `B` is bytes) and trillions. */
function counted(after: string, before = "", divisor = 1): readonly Form[] {
  return ["", "k", "M", "bn", "T"].map((magnitude, i) => ({
    from: i === 0 ? 0 : divisor * 1000 ** i,
    factor: divisor * 1000 ** i,
    prefix: before,
    suffix: `${magnitude}${after}`,
  }));
}

const SECONDS: readonly Form[] = [
  { from: 0, factor: 1e-9, suffix: " ns" },
  { from: 1e-6, factor: 1e-6, suffix: " us" },
  { from: 1e-3, factor: 1e-3, suffix: " ms" },
  { from: 1, factor: 1, suffix: " s" },
  { from: 2 * MINUTE, factor: MINUTE, suffix: " min" },
  { from: 2 * HOUR, factor: HOUR, suffix: " h" },
  { from: 2 * DAY, factor: DAY, suffix: " days" },
  { from: 2 * 365 * DAY, factor: 365 * DAY, suffix: " years" },
];

/** Below one in ten seconds people count by the day. */
const RATES: readonly Form[] = [
  { from: 0, factor: 1 / (365 * DAY), suffix: "/year" },
  { from: 1 / DAY, factor: 1 / DAY, suffix: "/day" },
  { from: 1e3 / DAY, factor: 1e3 / DAY, suffix: "k/day" },
  ...counted("/s").map((form, i) => (i === 0 ? { ...form, from: 0.1 } : form)),
];

const JOULES: readonly Form[] = [
  { from: 0, factor: 1e-12, suffix: " pJ" },
  { from: 1e-9, factor: 1e-9, suffix: " nJ" },
  { from: 1e-6, factor: 1e-6, suffix: " uJ" },
  { from: 1e-3, factor: 1e-3, suffix: " mJ" },
  { from: 1, factor: 1, suffix: " J" },
  { from: HOUR, factor: HOUR, suffix: " Wh" },
  { from: 1e3 * HOUR, factor: 1e3 * HOUR, suffix: " kWh" },
  { from: 1e6 * HOUR, factor: 1e6 * HOUR, suffix: " MWh" },
];

const WATTS: readonly Form[] = [
  { from: 0, factor: 1e-9, suffix: " nW" },
  { from: 1e-6, factor: 1e-6, suffix: " uW" },
  { from: 1e-3, factor: 1e-3, suffix: " mW" },
  ...prefixed("W"),
];

const GRAMS: readonly Form[] = [
  { from: 0, factor: 1e-3, suffix: " mg" },
  { from: 1, factor: 1, suffix: " g" },
  { from: 1e3, factor: 1e3, suffix: " kg" },
  { from: 1e6, factor: 1e6, suffix: " t" },
];

const PURE: Dimension = {};

const FORMS: readonly (readonly [Dimension, readonly Form[]])[] = [
  [PURE, counted("")],
  [{ byte: 1 }, prefixed("B")],
  [{ second: 1 }, SECONDS],
  [{ dollar: 1 }, counted("", "$")],
  [{ euro: 1 }, counted("", "€")],
  [{ pound: 1 }, counted("", "£")],
  [{ euro: 1, second: -1 }, counted("/month", "€", 1 / MONTH_SECONDS)],
  [{ pound: 1, second: -1 }, counted("/month", "£", 1 / MONTH_SECONDS)],
  [{ gram: 1 }, GRAMS],
  [{ flop: 1 }, prefixed("FLOP")],
  [{ joule: 1 }, JOULES],
  [{ second: -1 }, RATES],
  [{ byte: 1, second: -1 }, prefixed("B/s")],
  [{ flop: 1, second: -1 }, prefixed("FLOP/s")],
  [{ joule: 1, second: -1 }, WATTS],
  [{ flop: 1, byte: -1 }, prefixed("FLOP/B")],
  [{ dollar: 1, second: -1 }, counted("/month", "$", 1 / MONTH_SECONDS)],
  [{ dollar: 1, byte: -1 }, counted("/GB", "$", 1e-9)],
  [{ dollar: 1, byte: -1, second: -1 }, counted("/GB/month", "$", 1e-9 / MONTH_SECONDS)],
  [{ dollar: 1, joule: -1 }, counted("/kWh", "$", 1 / (1e3 * HOUR))],
  [{ ampere: 1, second: 1 }, [{ from: 0, factor: 3.6, suffix: " mAh" }]],
  [{ joule: 1, ampere: -1, second: -1 }, [{ from: 0, factor: 1, suffix: " V" }]],
  [
    { ampere: 1 },
    [
      { from: 0, factor: 1e-3, suffix: " mA" },
      { from: 1, factor: 1, suffix: " A" },
    ],
  ],
  [{ metre: 1 }, [{ from: 0, factor: 1e3, suffix: " km" }]],
];

function formatDimension(value: number, dimension: Dimension, digits: number): string {
  const forms = FORMS.find(([known]) => sameDimension(known, dimension))?.[1];
  if (forms === undefined) return `${plain(value, digits)} ${genericUnit(dimension)}`;
  if (sameDimension(dimension, PURE)) {
    if (isShortInteger(value)) return String(value);
    if (value < 1 && Number(value.toPrecision(digits)) === 1) return nearlyOne(value, digits);
  }
  let at = value === 0 ? forms.findIndex((form) => form.factor === 1) : forms.findLastIndex((f) => value >= f.from);
  if (at < 0) at = 0;
  // 999.9 kB rounds to 1000 kB at three digits: say 1 MB.
  const next = forms[at + 1];
  if (next !== undefined && Number((value / forms[at].factor).toPrecision(digits)) * forms[at].factor >= next.from)
    at++;
  // Past a thousand of the largest prefix an exponent says more: 8.4e22 FLOP.
  const isEndless =
    at === forms.length - 1 && forms[0].factor * 1e12 <= forms[at].factor && value >= 1e3 * forms[at].factor;
  const { factor, prefix = "", suffix } = forms[isEndless ? 0 : at];
  return `${prefix}${plain(value / factor, digits)}${suffix}`;
}

/** 0.9999999 is no certainty: nines are said, as far as a double holds them. */
function nearlyOne(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digitsOfPart(value, 1, digits)));
  return String(rounded < 1 ? rounded : value);
}

/** 2048 and 65536 are said in full; 2000 is `2k`, 12300 is `12.3k`. */
function isShortInteger(value: number): boolean {
  return Number.isInteger(value) && (value < 1000 || (value < 100_000 && value % 100 !== 0));
}

/** `n` significant digits without trailing zeros, never fewer than the whole part; an exponent past 15 digits or below 1e-5. */
function plain(value: number, digits: number): string {
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(Math.max(1, Math.min(digits, 17))));
  const text = rounded >= 1e7 || rounded < 1e-5 ? rounded.toExponential() : String(rounded);
  return text.replace("e+", "e");
}

const SYMBOLS: Readonly<Record<BaseUnit, string>> = {
  byte: "B",
  second: "s",
  dollar: "USD",
  flop: "FLOP",
  joule: "J",
  ampere: "A",
  metre: "m",
  euro: "EUR",
  pound: "GBP",
  gram: "g",
};

function genericUnit(dimension: Dimension): string {
  const write = (sign: 1 | -1): string[] =>
    BASE_UNITS.filter((unit) => sign * (dimension[unit] ?? 0) > 0).map((unit) => {
      const power = Math.abs(dimension[unit] ?? 0);
      return power === 1 ? SYMBOLS[unit] : `${SYMBOLS[unit]}^${power}`;
    });
  const below = write(-1);
  const above = write(1).join("·") || (below.length === 0 ? "" : "1");
  return [above, ...below].join("/");
}
