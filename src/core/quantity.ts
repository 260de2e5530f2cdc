/** Quantities as people write them (`2M`, `400/s`, `100 ms`, `99.9%`, `$5k/month`), parsed once into a number with a dimension. */

import { NOUNS } from "./counted-noun.ts";
import { compoundYearly } from "./growth.ts";
import {
  type Doubt,
  isRange,
  letterDoubt,
  NUMBER,
  NUMBER_WITH_POWER,
  numberValue,
  plainCharacters,
  pointDoubt,
  RANGE_FIX,
} from "./number-text.ts";
import { fail, type Outcome, succeed } from "./outcome.ts";
import { type KindDescription, PER_SECOND, QUANTITY_KINDS, type QuantityKind } from "./quantity-kind.ts";
import {
  combine,
  type Dimension,
  describeDimension,
  inBaseUnits,
  MAGNITUDES,
  PURE,
  sameDimension,
  UNITS,
} from "./unit.ts";
import { PERCENT, readDenominator, readHead } from "./written-unit.ts";

export interface Quantity {
  /** In base units: bytes, seconds, dollars, FLOP, joules and their products. A share is a fraction of 1. */
  readonly value: number;
  readonly dimension: Dimension;
  /** As it was written. */
  readonly text: string;
  /** Written with a percent sign: a growth of `20%/year` is relative, one of `30/day` is absolute. */
  readonly percent: boolean;
}

/** Beyond this a change of units overflows: `$1e308/h` would be `$Infinity/month`. */
const MOST = 1e290;
/** Longer texts are refused unread: no quantity needs more. */
const MAXIMUM_LENGTH = 80;

/** Sign, currency, number, rest. */
const QUANTITY = new RegExp(`^([+-])?\\s*([$€£])?\\s*((?:${NUMBER_WITH_POWER}))(?![\\d^]|,\\d)(\\s*)(.*)$`, "u");
/** What stands behind the 3 of `3/4 GB`. */
const FRACTION = new RegExp(`^/\\s*(?<below>${NUMBER})\\s*(?<unit>\\p{L}+)\\s*$`, "u");
/** `1 in 1000`, `3 out of 10k`. */
const RATIO = new RegExp(`^(?:in|out of)\\s+(?<number>${NUMBER})\\s*(?<magnitude>[kKMBT]|bn)?$`, "u");
/** `1h30m`, `5 min 30 s`: a time in parts. */
const PARTS = new RegExp(`(${NUMBER})\\s*([a-zµμ]+)\\s*`, "gu");
/** What people put before a number that they rounded. */
const ROUNDED = /^(?:[~≈]|about\b|roughly\b|approximately\b|around\b|circa\b|ca\.)\s*/iu;
const CURRENCIES: ReadonlyMap<string | undefined, Dimension> = new Map([
  ["$", { dollar: 1 }],
  ["€", { euro: 1 }],
  ["£", { pound: 1 }],
]);

/**
 * Reads one quantity. A wrong unit, an unknown one or text that is no number is a failure with the nearest valid spelling,
 * and so is one that two people would read differently: a range, `2m requests`, `200.000`, `70B` where no kind is due.
 * `kind` decides what `B` means (bytes, or a billion where a count is due) and which dimensions and range are allowed.
 */
export function parseQuantity(input: string | number, kind?: QuantityKind): Outcome<Quantity> {
  if (kind !== undefined && !Object.hasOwn(QUANTITY_KINDS, kind))
    return fail({
      code: "unknown-kind",
      message: `there is no kind of quantity \`${String(kind).slice(0, 40)}\``,
      fix: `one of ${Object.keys(QUANTITY_KINDS).join(", ")}`,
    });
  const text = plainCharacters(String(input)).trim();
  const raw = text.length > MAXIMUM_LENGTH ? undefined : readQuantity(text, kind);
  if (raw === undefined) return fail(notAQuantity(text, kind));
  if (!raw.ok) return raw;
  return kind === undefined ? raw : checkKind(raw.value, kind);
}

function readQuantity(text: string, kind: QuantityKind | undefined): Outcome<Quantity> | undefined {
  const exact = text.replace(ROUNDED, "");
  const time = readParts(exact, text);
  if (time !== undefined) return time;
  if (isRange(exact)) {
    return fail({ code: "range", message: `\`${text}\` is a range, and one number belongs here`, fix: RANGE_FIX });
  }
  const match = QUANTITY.exec(exact);
  if (match === null) return undefined;
  const [, sign, currency, number, space, rest] = match;
  const isMoney = currency !== undefined;
  const isCounted = kind !== undefined && COUNTED.has(kind);
  const ratio = RATIO.exec(rest)?.groups;
  if (ratio !== undefined && !isMoney) {
    const of = numberValue(ratio.number) * (MAGNITUDES.get(ratio.magnitude ?? "") ?? 1);
    const value = ((sign === "-" ? -1 : 1) * numberValue(number)) / of;
    return Number.isFinite(value) ? succeed({ value, dimension: PURE, text, percent: false }) : undefined;
  }
  const [head, ...denominators] = rest.split(/\/|\bper\b/u).map((part) => part.trim());
  const fraction = head === "" && !isMoney ? fractionDoubt(number, rest) : undefined;
  const doubt = fraction ?? doubtOf(number, space, head, { isMoney, isCounted, kind });
  if (doubt !== undefined) return fail({ code: "two-readings", ...doubt });
  const unit = readHead(head, isMoney || isCounted, isMoney);
  if (!unit.ok) return unit;
  let value = (sign === "-" ? -1 : 1) * inBaseUnits(numberValue(number), unit.value.factor);
  let dimension = combine(CURRENCIES.get(currency) ?? PURE, unit.value.dimension, 1);
  for (const part of denominators) {
    const divisor = readDenominator(part);
    if (!divisor.ok) return divisor;
    value /= divisor.value.factor;
    dimension = combine(dimension, divisor.value.dimension, -1);
  }
  if (Number.isFinite(value) && Math.abs(value) > MOST) {
    return fail({
      code: "too-large",
      message: `\`${text}\` is too large: in another unit it is no number any more`,
      fix: "look for a slip in the exponent",
    });
  }
  const isShare = PERCENT.has(head);
  if (kind === "growth" && denominators.length === 1 && (isShare || FACTOR.has(head))) {
    const written = (sign === "-" ? -1 : 1) * numberValue(number);
    const period = readDenominator(denominators[0]);
    const share = isShare ? written / 100 : written - 1;
    if (!(share > -1)) {
      return fail({
        code: "growth",
        message: `a growth of \`${text}\` leaves nothing`,
        fix: "write a share above -100%, such as `-20%/year`, or a factor above 0, such as `2x/year`",
      });
    }
    if (period.ok && sameDimension(dimension, PER_SECOND)) value = compoundYearly(share, period.value.factor);
    if (!Number.isFinite(value)) return undefined;
    return succeed({ value, dimension, text, percent: true });
  }
  if (!Number.isFinite(value)) return undefined;
  return succeed({ value, dimension, text, percent: isShare });
}

/** Kinds in which `B` is a billion, not bytes. */
const COUNTED: ReadonlySet<QuantityKind> = new Set(["count", "rate", "peak", "growth", "number", "factor"]);
/** Kinds in which `3x` is a factor of something. */
const FACTORS: ReadonlySet<QuantityKind> = new Set(["factor", "peak", "growth"]);
/** `2x/year`, a growth to twice the count. */
const FACTOR: ReadonlySet<string> = new Set(["x", "×"]);

/** A time in parts, the larger first; undefined for anything else. */
function readParts(exact: string, text: string): Outcome<Quantity> | undefined {
  const parts = [...exact.matchAll(PARTS)];
  if (parts.length < 2 || parts.map(([part]) => part).join("") !== exact) return undefined;
  const units = parts.map(([, , name]) => UNITS.get(name));
  let value = 0;
  for (const [i, unit] of units.entries()) {
    const isSmaller = i === 0 || (unit?.factor ?? 0) < (units[i - 1]?.factor ?? 0);
    if (unit === undefined || !sameDimension(unit.dimension, { second: 1 }) || !isSmaller) return undefined;
    value += inBaseUnits(numberValue(parts[i][1]), unit.factor);
  }
  return succeed({ value, dimension: { second: 1 }, text, percent: false });
}

/** `3/4 GB` is three quarters of one to most, and three for each 4 GB to the arithmetic. */
function fractionDoubt(number: string, rest: string): Doubt | undefined {
  const groups = FRACTION.exec(rest)?.groups;
  if (groups === undefined || !UNITS.has(groups.unit) || numberValue(groups.below) === 0) return undefined;
  const part = Number((numberValue(number) / numberValue(groups.below)).toPrecision(6));
  return {
    message: `\`${number}${rest.replace(/\s+$/u, "")}\` can be ${part} ${groups.unit}, or ${number} for each ${groups.below} ${groups.unit}`,
    fix: `write \`${part} ${groups.unit}\`, or \`${part}/${groups.unit}\` for a rate`,
  };
}

/** What two people would read differently in a number and what stands behind it. */
function doubtOf(
  number: string,
  space: string,
  head: string,
  { isMoney, isCounted, kind }: { isMoney: boolean; isCounted: boolean; kind: QuantityKind | undefined },
): Doubt | undefined {
  const [first, ...others] = head.split(/\s+/u);
  const isThing = NOUNS.has(others.at(-1) ?? first);
  // `1.250M` has its magnitude, so its point can only part decimals; `200.000` has none.
  const point = pointDoubt(number, !isMoney && (isThing || (head === "" && kind === "count")));
  if (point !== undefined && !MAGNITUDES.has(first)) return point;
  const isMagnitude = first === "B" && (isMoney || isCounted || isThing);
  if (isMoney || isMagnitude || (kind !== undefined && others.length === 0)) return undefined;
  const isGlued = space === "" && others.length === 0 && kind === undefined;
  return isGlued || (isThing && others.length > 0) ? letterDoubt(first, number) : undefined;
}

function checkKind(quantity: Quantity, kind: QuantityKind): Outcome<Quantity> {
  const description: KindDescription = QUANTITY_KINDS[kind];
  const { value, dimension, text } = quantity;
  if (!description.dimensions.some((allowed) => sameDimension(allowed, dimension))) {
    return fail({
      code: "wrong-unit",
      message: `\`${text}\` is ${describeDimension(dimension)}, but ${description.words} belongs here`,
      fix: currencyHint(dimension) ?? millionHint(text, description) ?? `write it like \`${description.example}\``,
    });
  }
  if (quantity.percent && (kind === "count" || kind === "rate")) {
    return fail({
      code: "wrong-unit",
      message: `\`${text}\` is a share, but ${description.words} belongs here`,
      fix: `say of what, and write the result like \`${description.example}\``,
    });
  }
  if (/\d\s*[x×]$/u.test(text) && !FACTORS.has(kind)) {
    return fail({
      code: "wrong-unit",
      message: `\`${text}\` is a factor, but ${description.words} belongs here`,
      fix: `write it like \`${description.example}\``,
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

/** `2m` is two minutes and `2b` two bits; where a count is due the writer meant millions or billions. */
function millionHint(text: string, description: KindDescription): string | undefined {
  const groups = /^(?<number>[\d.,_]+)\s*(?<letter>[mb])$/u.exec(text)?.groups;
  const isCount = description.dimensions.some((dimension) => sameDimension(dimension, PURE));
  if (groups === undefined || !isCount) return undefined;
  return groups.letter === "m"
    ? `\`m\` is minutes: write \`${groups.number}M\` for millions`
    : `\`b\` is bits: write \`${groups.number}bn\` for billions`;
}

/** Currencies are never converted, so the example of one in dollars would change the amount. */
function currencyHint(dimension: Dimension): string | undefined {
  const isForeign = dimension.euro !== undefined || dimension.pound !== undefined;
  return isForeign ? "convert it: all prices here are in US dollars" : undefined;
}

function notAQuantity(text: string, kind: QuantityKind | undefined): { code: string; message: string; fix: string } {
  const description = kind === undefined ? undefined : QUANTITY_KINDS[kind];
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    code: "not-a-quantity",
    message: `\`${shown}\` is not ${description?.words ?? "a quantity"}`,
    fix: /^[-+$€£]?\s*\d+,\d{1,2}(?!\d)/u.test(text)
      ? "write decimals with a point; a comma parts thousands"
      : `write it like \`${description?.example ?? "100 ms"}\``,
  };
}
