/** Quantities as people write them (`2M`, `400/s`, `100 ms`, `99.9%`, `$5k/month`), parsed once into a number with a dimension. */

import { nearest } from "./nearest.ts";
import { fail, type Outcome, succeed } from "./outcome.ts";
import { combine, type Dimension, describeDimension, MAGNITUDES, sameDimension, UNITS, type Unit } from "./unit.ts";

export interface Quantity {
  /** In base units: bytes, seconds, dollars, FLOP, joules and their products. A share is a fraction of 1. */
  readonly value: number;
  readonly dimension: Dimension;
  /** As it was written. */
  readonly text: string;
  /** Written with a percent sign: a growth of `20%/year` is relative, one of `30/day` is absolute. */
  readonly percent: boolean;
}

/** What a fact may be. `factor` is a pure number that may be written `3x`; `share` one that may be written `20%`. */
export type QuantityKind = keyof typeof QUANTITY_KINDS;

interface KindDescription {
  readonly dimensions: readonly Dimension[];
  readonly example: string;
  readonly words: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const PURE: Dimension = {};
const PER_SECOND: Dimension = { second: -1 };

export const QUANTITY_KINDS = {
  number: { dimensions: [PURE], example: "0.05", words: "a number" },
  count: { dimensions: [PURE], example: "2M", words: "a count", minimum: 0 },
  factor: { dimensions: [PURE], example: "3x", words: "a factor", minimum: 0 },
  share: { dimensions: [PURE], example: "99.9%", words: "a share between 0% and 100%", minimum: 0, maximum: 1 },
  rate: { dimensions: [PER_SECOND], example: "400/s", words: "a rate of events", minimum: 0 },
  peak: { dimensions: [PER_SECOND, PURE], example: "3x", words: "a rate, or a factor of the average", minimum: 0 },
  growth: { dimensions: [PER_SECOND], example: "20%/year", words: "a growth per time" },
  duration: { dimensions: [{ second: 1 }], example: "100 ms", words: "a duration", minimum: 0 },
  period: {
    dimensions: [{ second: 1 }, PURE],
    example: "80%",
    words: "a share of the history, or a duration",
    minimum: 0,
  },
  moment: { dimensions: [{ second: 1 }], example: "-1 h", words: "a duration, negative for the past" },
  size: { dimensions: [{ byte: 1 }], example: "40 GB", words: "a size in bytes", minimum: 0 },
  bandwidth: { dimensions: [{ byte: 1, second: -1 }], example: "10 GB/s", words: "bytes per second", minimum: 0 },
  compute: { dimensions: [{ flop: 1, second: -1 }], example: "10 TFLOP/s", words: "FLOP per second", minimum: 0 },
  work: { dimensions: [{ flop: 1 }], example: "4 GFLOP", words: "an amount of FLOP or MAC", minimum: 0 },
  power: { dimensions: [{ joule: 1, second: -1 }], example: "700 W", words: "a power in watts", minimum: 0 },
  energy: { dimensions: [{ joule: 1 }], example: "0.35 J", words: "an energy in joules or watt-hours", minimum: 0 },
  charge: { dimensions: [{ ampere: 1, second: 1 }], example: "4000 mAh", words: "a battery charge", minimum: 0 },
  voltage: { dimensions: [{ joule: 1, ampere: -1, second: -1 }], example: "3.85 V", words: "a voltage", minimum: 0 },
  distance: { dimensions: [{ metre: 1 }], example: "6000 km", words: "a distance", minimum: 0 },
  money: { dimensions: [{ dollar: 1 }], example: "$5k", words: "an amount of money", minimum: 0 },
  "money rate": { dimensions: [{ dollar: 1, second: -1 }], example: "$5k/month", words: "money per time", minimum: 0 },
  "storage price": {
    dimensions: [{ dollar: 1, byte: -1, second: -1 }],
    example: "$0.02/GB/month",
    words: "money per size and time",
    minimum: 0,
  },
  "transfer price": {
    dimensions: [{ dollar: 1, byte: -1 }],
    example: "$0.05/GB",
    words: "money per size",
    minimum: 0,
  },
  "energy price": {
    dimensions: [{ dollar: 1, joule: -1 }],
    example: "$0.12/kWh",
    words: "money per energy",
    minimum: 0,
  },
  budget: {
    dimensions: [{ dollar: 1, second: -1 }, { dollar: 1 }],
    example: "$5k/month",
    words: "money per time, or per predictions as in $0.05/1k predictions",
    minimum: 0,
  },
} as const satisfies Record<string, KindDescription>;

/** Longer texts are refused unread: no quantity needs more. */
const MAXIMUM_LENGTH = 80;

const NUMBER = String.raw`(?:\d{1,3}(?:[_,]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+(?:[eE][+-]?\d{1,3})?`;
/** Sign, dollar, number, rest. */
const QUANTITY = new RegExp(`^([+-])?\\s*(\\$)?\\s*(${NUMBER})\\s*(.*)$`, "u");
/** What stands below the line: `day`, `GB`, `1k predictions`, `M tokens`, `1,000 requests`. */
const DENOMINATOR = new RegExp(`^(?<number>${NUMBER})?\\s*(?:(?<magnitude>[kKMBT]|bn)(?=$|\\s))?\\s*(?<name>.*)$`, "u");

/**
 * Reads one quantity. A wrong unit, an unknown one or text that is no number is a failure with the nearest valid spelling.
 * `kind` decides what `B` means (bytes, or a billion where a count is due) and which dimensions and range are allowed.
 */
export function parseQuantity(input: string | number, kind?: QuantityKind): Outcome<Quantity> {
  const text = String(input).trim();
  const raw = text.length > MAXIMUM_LENGTH ? undefined : readQuantity(text, kind);
  if (raw === undefined) return fail(notAQuantity(text, kind));
  if (!raw.ok) return raw;
  return kind === undefined ? raw : checkKind(raw.value, kind);
}

function readQuantity(text: string, kind: QuantityKind | undefined): Outcome<Quantity> | undefined {
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign, dollar, number, rest] = match;
  const [head, ...denominators] = rest.split(/\/|\bper\b/u).map((part) => part.trim());
  const isMoney = dollar !== undefined;
  const unit = readHead(head, isMoney || (kind !== undefined && COUNTED.has(kind)), isMoney);
  if (!unit.ok) return unit;
  let value = (sign === "-" ? -1 : 1) * Number(number.replaceAll(/[_,]/g, "")) * unit.value.factor;
  let dimension = combine(isMoney ? { dollar: 1 } : PURE, unit.value.dimension, 1);
  for (const part of denominators) {
    const divisor = readDenominator(part);
    if (!divisor.ok) return divisor;
    value /= divisor.value.factor;
    dimension = combine(dimension, divisor.value.dimension, -1);
  }
  if (!Number.isFinite(value)) return undefined;
  return succeed({ value, dimension, text, percent: PERCENT.has(head) });
}

/** Kinds in which `B` is a billion, not bytes. */
const COUNTED: ReadonlySet<QuantityKind> = new Set(["count", "rate", "peak", "growth", "number", "factor"]);
const PERCENT: ReadonlySet<string> = new Set(["%", "percent"]);

/** What follows the number: a magnitude, a unit, both, `%`, `x`, or a counted noun. */
function readHead(head: string, isCounted: boolean, isMoney: boolean): Outcome<Unit> {
  if (head === "" || head === "x" || head === "×") return succeed({ factor: 1, dimension: PURE });
  if (PERCENT.has(head)) return succeed({ factor: 0.01, dimension: PURE });
  if (isMoney && head === "m") return succeed({ factor: 1e6, dimension: PURE });
  const [first, ...others] = head.split(/\s+/u);
  const noun = others.join(" ");
  const magnitude = MAGNITUDES.get(first);
  if (magnitude === undefined || (UNITS.has(first) && !isCounted && noun === "")) return readUnit(head);
  if (noun === "") return succeed({ factor: magnitude, dimension: PURE });
  const rest = readUnit(noun);
  return rest.ok ? succeed({ factor: magnitude * rest.value.factor, dimension: rest.value.dimension }) : rest;
}

function readDenominator(part: string): Outcome<Unit> {
  const groups = DENOMINATOR.exec(part)?.groups ?? {};
  const count = Number((groups.number ?? "1").replaceAll(/[_,]/g, "")) * (MAGNITUDES.get(groups.magnitude ?? "") ?? 1);
  if (groups.name === "" && count !== 1) return succeed({ factor: count, dimension: PURE });
  const unit = readUnit(groups.name ?? "");
  return unit.ok ? succeed({ factor: count * unit.value.factor, dimension: unit.value.dimension }) : unit;
}

/** Counted things have no dimension; naming them keeps a note readable. */
export const NOUNS: ReadonlySet<string> = new Set(
  (
    "req reqs user users member members item items title titles request requests prediction predictions event events image images " +
    "photo photos row rows token tokens vector vectors dim dims dimension dimensions param params parameter parameters " +
    "query queries transaction transactions replica replicas core cores gpu gpus GPU GPUs click clicks view views rating ratings " +
    "customer customers card cards terminal terminals document documents post posts session sessions message messages record records " +
    "impression impressions alert alerts feature features server servers node nodes machine machines label labels example examples " +
    "sample samples layer layers head heads step steps call calls listing listings video videos ad ads chunk chunks " +
    "pixel pixels float floats char chars character characters word words class classes tree trees leaf leaves key keys shard shards " +
    "list lists centroid centroids weight weights value values candidate candidates frame frames cycle cycles worker workers " +
    "job jobs epoch epochs device devices partition partitions copy copies account accounts driver drivers trip trips order orders"
  ).split(" "),
);

/** One unit or one counted noun by name; `GB-month` and `GPU-hours` are products. An unknown name fails with the nearest known one. */
export function readUnit(name: string): Outcome<Unit> {
  const unit = UNITS.get(name);
  if (unit !== undefined) return succeed(unit);
  if (NOUNS.has(name)) return succeed({ factor: 1, dimension: PURE });
  const [first, ...others] = name.split("-");
  if (others.length === 1 && [first, others[0]].every((part) => UNITS.has(part) || NOUNS.has(part))) {
    const [a, b] = [first, others[0]].map((part) => UNITS.get(part) ?? { factor: 1, dimension: PURE });
    return succeed({ factor: a.factor * b.factor, dimension: combine(a.dimension, b.dimension, 1) });
  }
  const suggestion = nearest(name, [...UNITS.keys(), ...NOUNS]);
  return fail({
    code: "unknown-unit",
    message: `unknown unit \`${name}\``,
    fix: suggestion === undefined ? "use a unit such as ms, s, d, GB, $, /s or %" : `did you mean \`${suggestion}\`?`,
  });
}

function checkKind(quantity: Quantity, kind: QuantityKind): Outcome<Quantity> {
  const description: KindDescription = QUANTITY_KINDS[kind];
  const { value, dimension, text } = quantity;
  if (!description.dimensions.some((allowed) => sameDimension(allowed, dimension))) {
    return fail({
      code: "wrong-unit",
      message: `\`${text}\` is ${describeDimension(dimension)}, but ${description.words} belongs here`,
      fix: millionHint(text, description) ?? `write it like \`${description.example}\``,
    });
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = description;
  if (value < minimum || value > maximum) {
    return fail({
      code: "out-of-range",
      message: `\`${text}\` is out of range: ${description.words} belongs here`,
      // Shares are often written as bare percentages.
      fix:
        maximum === 1 && /^[\d.]+$/u.test(text) && value <= 100
          ? `did you mean \`${text}%\`?`
          : `write it like \`${description.example}\``,
    });
  }
  return succeed(quantity);
}

/** `2m` is two minutes; where a count is due the writer meant millions. */
function millionHint(text: string, description: KindDescription): string | undefined {
  const number = /^([\d.,_]+)\s*m$/u.exec(text)?.[1];
  const isCount = description.dimensions.some((dimension) => sameDimension(dimension, PURE));
  return number !== undefined && isCount ? `\`m\` is minutes: write \`${number}M\` for millions` : undefined;
}

function notAQuantity(text: string, kind: QuantityKind | undefined): { code: string; message: string; fix: string } {
  const description = kind === undefined ? undefined : QUANTITY_KINDS[kind];
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    code: "not-a-quantity",
    message: `\`${shown}\` is not ${description?.words ?? "a quantity"}`,
    fix: `write it like \`${description?.example ?? "100 ms"}\``,
  };
}
