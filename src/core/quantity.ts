/** Quantities as people write them (`2M`, `400/s`, `100 ms`, `99.9%`, `$5k/month`), parsed once into a number with a dimension. */

import { nearest } from "./nearest.ts";
import { fail, type Outcome, succeed } from "./outcome.ts";
import { combine, type Dimension, describeDimension, MAGNITUDES, sameDimension, UNITS } from "./unit.ts";

export interface Quantity {
  /** In base units: bytes, seconds, dollars, FLOP, joules and their products. A share is a fraction of 1. */
  readonly value: number;
  readonly dimension: Dimension;
  /** As it was written. */
  readonly text: string;
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
  money: { dimensions: [{ dollar: 1 }], example: "$5k", words: "an amount of money", minimum: 0 },
  "money rate": { dimensions: [{ dollar: 1, second: -1 }], example: "$5k/month", words: "money per time", minimum: 0 },
  budget: {
    dimensions: [{ dollar: 1, second: -1 }, { dollar: 1 }],
    example: "$5k/month",
    words: "money per time, or per predictions as in $0.05/1k predictions",
    minimum: 0,
  },
} as const satisfies Record<string, KindDescription>;

/** Longer texts are refused unread: no quantity needs more. */
const MAXIMUM_LENGTH = 80;

const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:[_,]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+`;
const QUANTITY = new RegExp(`^(?<sign>[+-])?(?<dollar>\\$)?\\s*(?<number>${NUMBER})\\s*(?<rest>.*)$`, "u");

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
  const groups = QUANTITY.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const sign = groups.sign === "-" ? -1 : 1;
  let value = sign * Number(groups.number.replaceAll(/[_,]/g, ""));
  let dimension: Dimension = groups.dollar === undefined ? PURE : { dollar: 1 };
  const [head, ...denominators] = groups.rest.split(/\/|\bper\b/u).map((part) => part.trim());
  const unit = readHead(head, kind);
  if (!unit.ok) return unit;
  value *= unit.value.factor;
  dimension = combine(dimension, unit.value.dimension, 1);
  for (const part of denominators) {
    const divisor = readDenominator(part);
    if (!divisor.ok) return divisor;
    value /= divisor.value.factor;
    dimension = combine(dimension, divisor.value.dimension, -1);
  }
  if (!Number.isFinite(value)) return undefined;
  return succeed({ value, dimension, text });
}

interface Scale {
  readonly factor: number;
  readonly dimension: Dimension;
}

/** What follows the number: a magnitude, a unit, both, `%`, `x`, or a counted noun. */
function readHead(head: string, kind: QuantityKind | undefined): Outcome<Scale> {
  if (head === "") return succeed({ factor: 1, dimension: PURE });
  if (head === "%" || head === "percent") return succeed({ factor: 0.01, dimension: PURE });
  if (head === "x" || head === "×") return succeed({ factor: 1, dimension: PURE });
  const words = head.split(/\s+/u);
  const first = words[0];
  const magnitude = MAGNITUDES.get(first);
  const unit = UNITS.get(first);
  const countExpected =
    kind === "count" || kind === "rate" || kind === "peak" || kind === "growth" || kind === "number";
  const preferMagnitude = magnitude !== undefined && (unit === undefined || countExpected || words.length > 1);
  if (preferMagnitude && magnitude !== undefined) {
    const noun = words.slice(1).join(" ");
    if (noun === "") return succeed({ factor: magnitude, dimension: PURE });
    const rest = readUnitOrNoun(noun);
    return rest.ok ? succeed({ factor: magnitude * rest.value.factor, dimension: rest.value.dimension }) : rest;
  }
  return readUnitOrNoun(head);
}

function readDenominator(part: string): Outcome<Scale> {
  const match = /^(\d+(?:\.\d+)?)?\s*([kKM])?\s*(.*)$/u.exec(part);
  const count = Number(match?.[1] ?? 1);
  const noun = match?.[3] ?? "";
  // `1k predictions`, but `/month` and `/kWh` start with letters of their own.
  const scaled = match?.[2] !== undefined && match[1] !== undefined;
  const magnitude = scaled ? (MAGNITUDES.get(match?.[2] ?? "") ?? 1) : 1;
  const name = scaled ? noun : `${match?.[2] ?? ""}${noun}`.trim();
  if (name === "") return succeed({ factor: count * magnitude, dimension: PURE });
  const unit = readUnitOrNoun(name);
  return unit.ok ? succeed({ factor: count * magnitude * unit.value.factor, dimension: unit.value.dimension }) : unit;
}

/** Counted things have no dimension; naming them keeps a note readable. */
const NOUNS = new Set(
  (
    "user users member members item items title titles request requests prediction predictions event events image images " +
    "photo photos row rows token tokens vector vectors dim dims dimension dimensions param params parameter parameters " +
    "query queries transaction transactions replica replicas core cores gpu gpus GPU GPUs click clicks view views rating ratings " +
    "customer customers card cards terminal terminals document documents post posts session sessions message messages record records " +
    "impression impressions alert alerts feature features server servers node nodes machine machines label labels example examples " +
    "sample samples layer layers head heads step steps call calls listing listings video videos ad ads chunk chunks"
  ).split(" "),
);

function readUnitOrNoun(name: string): Outcome<Scale> {
  const unit = UNITS.get(name);
  if (unit !== undefined) return succeed(unit);
  if (NOUNS.has(name)) return succeed({ factor: 1, dimension: PURE });
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
      fix: `write it like \`${description.example}\``,
    });
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = description;
  if (value < minimum || value > maximum) {
    return fail({
      code: "out-of-range",
      message: `\`${text}\` is out of range: ${description.words} belongs here`,
      fix: `write it like \`${description.example}\``,
    });
  }
  return succeed(quantity);
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
