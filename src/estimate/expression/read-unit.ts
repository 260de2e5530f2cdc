/** Reads numbers with their units (`50M items`, `200 MB/s`, `$0.05 per 1k predictions`) and the units results are asked for in. */

import { isDeviceName, NOUNS } from "../../core/counted-noun.ts";
import { letterDoubt, numberValue, plainCharacters, pointDoubt, RANGE_FIX } from "../../core/number-text.ts";
import { combine, type Dimension, inBaseUnits, MAGNITUDES, sameDimension, UNITS, type Unit } from "../../core/unit.ts";
import { unitFix } from "../../core/unit-hint.ts";
import { ExpressionError } from "./expression-error.ts";
import type { LiteralNode, TargetUnit } from "./node.ts";
import type { TokenCursor } from "./token-cursor.ts";
import type { Token } from "./tokenize.ts";

/** A unit of measure or a counted noun. */
export function isUnitWord(word: string): boolean {
  return UNITS.has(word) || NOUNS.has(word);
}

/** One number with what belongs to it. The cursor stands on a number or on a currency. */
export function readLiteral(cursor: TokenCursor, text: string, variables: ReadonlySet<string>): LiteralNode {
  const { start } = cursor.next;
  const currency = CURRENCIES.get(cursor.next.text);
  if (currency !== undefined) cursor.take();
  const isMoney = currency !== undefined;
  const number = cursor.take();
  if (number.kind !== "number") {
    throw new ExpressionError(
      "not-a-number",
      `a number belongs after \`${text.slice(start, start + 1)}\``,
      number.start,
      number.end,
      "write an amount such as `$5k`",
    );
  }
  const scale: Scale = { value: numberValue(number.text), dimension: currency ?? {} };
  readPowerOfNumber(cursor, scale, variables);
  refuseDoubt(cursor, number, isMoney, variables);
  const isRatio = !isMoney && readRatio(cursor, scale);
  const percent = !isMoney && (cursor.next.text === "%" || cursor.next.text === "percent");
  if (!isRatio) {
    readNumerator(cursor, scale, isMoney, variables);
    if (!isMoney) readFurtherParts(cursor, scale);
    readDenominators(cursor, scale, variables, isMoney);
  }
  const { end } = cursor.last;
  if (!Number.isFinite(scale.value))
    throw new ExpressionError("overflow", "this number is too large", start, end, "use a smaller one");
  const written = plainCharacters(text.slice(start, end)).replaceAll(/\s+/gu, " ");
  const operation = sameDimension(scale.dimension, { flop: 1 }) ? UNITS.get(cursor.last.text) : undefined;
  const operations = operation === undefined ? undefined : scale.value / operation.factor;
  const { value, dimension } = scale;
  return { kind: "literal", value, dimension, text: written, percent, operations, start, end };
}

/** `10^14 FLOP/s`, `2^30 bytes`: the power is a number where a unit stands behind it. */
function readPowerOfNumber(cursor: TokenCursor, scale: Scale, variables: ReadonlySet<string>): void {
  if (cursor.next.text !== "^" && cursor.next.text !== "**") return;
  const isNegative = cursor.second.text === "-";
  const exponent = cursor.peek(isNegative ? 2 : 1);
  const behind = cursor.peek(isNegative ? 3 : 2);
  const isUnit = behind.kind === "word" && isUnitWord(behind.text) && !variables.has(behind.text);
  if (exponent.kind !== "number" || !isUnit) return;
  while (cursor.next !== behind) cursor.take();
  scale.value **= (isNegative ? -1 : 1) * numberValue(exponent.text);
}

/** What two people would read differently is asked about, in the words that a note would get. */
function refuseDoubt(cursor: TokenCursor, number: Token, isMoney: boolean, variables: ReadonlySet<string>): void {
  const { next, second } = cursor;
  const isNoun = (token: Token): boolean =>
    token.kind === "word" && NOUNS.has(token.text) && !variables.has(token.text);
  const point = isNoun(next) || next.kind !== "word" ? pointDoubt(number.text, isNoun(next) && !isMoney) : undefined;
  if (point !== undefined)
    throw new ExpressionError("two-readings", point.message, number.start, number.end, point.fix);
  if (isMoney || next.kind !== "word" || (next.text === "B" && isNoun(second))) return;
  // `2m30s` has its minutes named by the seconds behind them.
  const isGlued = next.start === cursor.last.end && next.start === number.end && second.kind !== "number";
  const doubt = isGlued || isNoun(second) ? letterDoubt(next.text, number.text) : undefined;
  if (doubt === undefined) return;
  throw new ExpressionError("two-readings", doubt.message, number.start, next.end, doubt.fix);
}

/** `1 in 1000`, `3 out of 10k`. */
function readRatio(cursor: TokenCursor, scale: Scale): boolean {
  const words = cursor.next.text === "in" ? 1 : cursor.next.text === "out" && cursor.second.text === "of" ? 2 : 0;
  if (words === 0 || cursor.peek(words).kind !== "number") return false;
  for (let i = 0; i < words; i++) cursor.take();
  scale.value /= numberValue(cursor.take().text);
  const magnitude = MAGNITUDES.get(cursor.next.text);
  if (magnitude !== undefined && cursor.next.start === cursor.last.end) {
    cursor.take();
    scale.value /= magnitude;
  }
  return true;
}

/** `5 min 30 s`, `1h30m`: a time in parts, the larger first. */
function readFurtherParts(cursor: TokenCursor, scale: Scale): void {
  let last = UNITS.get(cursor.last.text);
  for (;;) {
    const { next, second } = cursor;
    const unit = second.kind === "word" ? UNITS.get(second.text) : undefined;
    const isTime = (one: typeof unit): one is Unit => one !== undefined && sameDimension(one.dimension, { second: 1 });
    if (!isTime(last) || !isTime(unit) || next.kind !== "number" || unit.factor >= last.factor) return;
    if (!sameDimension(scale.dimension, { second: 1 })) return;
    cursor.take();
    cursor.take();
    scale.value += inBaseUnits(numberValue(next.text), unit.factor);
    last = unit;
  }
}

/** The unit behind `->`: `GB`, `req/s`, `$/month`, `%`, `/day`, `1/day`, `M tokens`. */
export function readTargetUnit(cursor: TokenCursor, text: string): TargetUnit {
  const arrow = cursor.last;
  // `1/day` is `/day`.
  if (cursor.next.text === "1" && cursor.second.text === "/") cursor.take();
  const { start } = cursor.next;
  if (cursor.next.kind === "number" || (CURRENCIES.has(cursor.next.text) && cursor.second.kind === "number"))
    throw numberAfter(arrow, cursor.next);
  const currency = CURRENCIES.get(cursor.next.text);
  if (currency !== undefined) cursor.take();
  const isMoney = currency !== undefined;
  const scale: Scale = { value: 1, dimension: currency ?? {} };
  if (!cursor.takeWord("x")) readNumerator(cursor, scale, isMoney, NO_NAMES);
  while (cursor.takeWord("/", "per")) readDenominator(cursor, scale);
  const { end } = cursor.last;
  if (end <= start) {
    throw new ExpressionError(
      "missing-unit",
      "a unit belongs after the arrow",
      start,
      Math.max(start + 1, cursor.next.end),
      "write one such as `GB` or `req/s`",
    );
  }
  return {
    text: text.slice(start, end).replaceAll(/\s+/gu, " "),
    factor: scale.value,
    dimension: scale.dimension,
    start,
    end,
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** After `to` a number is the end of a range, after `≈` a result that is not yet computed. */
function numberAfter(arrow: Token, number: Token): ExpressionError {
  if (arrow.text === "to")
    return new ExpressionError("range", "a range is no number to compute with", number.start, number.end, RANGE_FIX);
  const message = `a unit belongs after \`${arrow.text}\`, not a number`;
  return new ExpressionError("missing-unit", message, number.start, number.end, "write the unit alone, such as `GB`");
}

/** Currencies by their signs; none is converted into another. */
export const CURRENCIES: ReadonlyMap<string, Dimension> = new Map([
  ["$", { dollar: 1 }],
  ["€", { euro: 1 }],
  ["£", { pound: 1 }],
]);

interface Scale {
  value: number;
  dimension: Dimension;
}

function readNumerator(cursor: TokenCursor, scale: Scale, isMoney: boolean, variables: ReadonlySet<string>): void {
  if (cursor.takeWord("%", "percent")) {
    scale.value /= 100;
    return;
  }
  takeHyphen(cursor, variables);
  const { next, second } = cursor;
  const magnitude = next.kind === "word" ? magnitudeOf(next.text, isMoney) : undefined;
  const isNounNext = second.kind === "word" && NOUNS.has(second.text);
  if (magnitude !== undefined && (isMoney || isNounNext || !UNITS.has(next.text))) {
    cursor.take();
    scale.value *= magnitude;
  } else if (/^[xX]$/u.test(next.text) && next.start === cursor.last.end && second.kind !== "number") {
    cursor.take();
  }
  // `5 €`, `2k £`: the sign may stand behind, where no amount follows it.
  const behind = isMoney ? undefined : CURRENCIES.get(cursor.next.text);
  if (behind !== undefined && cursor.second.kind !== "number") {
    cursor.take();
    scale.dimension = combine(scale.dimension, behind, 1);
  }
  if (isDeviceName(cursor.next.text)) cursor.take();
  while (cursor.next.kind === "word" && !STOP_WORDS.has(cursor.next.text)) readUnitWord(cursor, scale, 1);
}

/** Amounts of money are also written with `m` and `b`: no one has minutes of dollars. */
function magnitudeOf(word: string, isMoney: boolean): number | undefined {
  return isMoney && word === "m" ? 1e6 : isMoney && word === "b" ? 1e9 : MAGNITUDES.get(word);
}

/** `16-bit`, `768-dim`: a hyphen without spaces joins a number to the word behind it. */
function takeHyphen(cursor: TokenCursor, variables: ReadonlySet<string>): void {
  const { next, second, last } = cursor;
  const isJoined = next.text === "-" && next.start === last.end && second.start === next.end;
  if (!isJoined || second.kind !== "word" || second.text.length < 3 || variables.has(second.text)) return;
  if (isUnitWord(second.text)) cursor.take();
}

function readDenominators(cursor: TokenCursor, scale: Scale, variables: ReadonlySet<string>, isMoney: boolean): void {
  for (;;) {
    const { next, second } = cursor;
    const isUnitBelow =
      next.text === "/" &&
      second.kind === "word" &&
      isUnitWord(second.text) &&
      !variables.has(second.text) &&
      cursor.peek(2).text !== "(";
    const isPriceBelow = isMoney && next.text === "/" && isRoundCount(cursor);
    if (!isUnitBelow && !isPriceBelow && next.text !== "per") return;
    cursor.take();
    readDenominator(cursor, scale);
  }
}

/** `/1k predictions`, `/M tokens`: the count that a price is for, not a division. */
function isRoundCount(cursor: TokenCursor): boolean {
  const { second } = cursor;
  if (second.kind === "word") return MAGNITUDES.has(second.text) && NOUNS.has(cursor.peek(2).text);
  return /^1(?:[_,]?000)*$/u.test(second.text) && cursor.peek(2).kind === "word";
}

function readDenominator(cursor: TokenCursor, scale: Scale): void {
  const before = cursor.next;
  if (cursor.next.kind === "number") {
    scale.value /= numberValue(cursor.take().text);
  }
  const magnitude = cursor.next.kind === "word" ? MAGNITUDES.get(cursor.next.text) : undefined;
  const isMagnitude = magnitude !== undefined && (!UNITS.has(cursor.next.text) || NOUNS.has(cursor.second.text));
  if (magnitude !== undefined && isMagnitude) {
    cursor.take();
    scale.value /= magnitude;
  }
  while (cursor.next.kind === "word" && !STOP_WORDS.has(cursor.next.text)) readUnitWord(cursor, scale, -1);
  if (cursor.next.start === before.start) {
    throw new ExpressionError(
      "missing-unit",
      "a unit belongs below the line",
      before.start,
      Math.max(before.end, before.start + 1),
      "write one such as `/s`",
    );
  }
}

function readUnitWord(cursor: TokenCursor, scale: Scale, sign: 1 | -1): void {
  const word = cursor.take();
  // `g CO2` is one name in two words.
  const joined = cursor.next.kind === "word" ? UNITS.get(word.text + cursor.next.text) : undefined;
  if (joined !== undefined && !isUnitWord(cursor.next.text)) cursor.take();
  const unit = joined ?? UNITS.get(word.text);
  if (unit === undefined && !NOUNS.has(word.text)) throw unknownUnit(word);
  if (unit !== undefined) {
    const power = readPower(cursor);
    scale.value = inBaseUnits(scale.value, unit.factor ** (sign * power));
    const direction = sign * power > 0 ? 1 : -1;
    for (let i = 0; i < Math.abs(power); i++) scale.dimension = combine(scale.dimension, unit.dimension, direction);
  }
  // `GB-month`, `GPU-hours`: a product, when nothing stands between.
  const { next, second } = cursor;
  if (next.text === "-" && next.start === word.end && second.start === next.end && isUnitWord(second.text)) {
    cursor.take();
    readUnitWord(cursor, scale, sign);
  }
}

/** `s^2` and `s^-1` right behind a number are powers of the unit: `4 s^2` is not (4 s)^2. */
function readPower(cursor: TokenCursor): number {
  const { next, second } = cursor;
  if (next.text !== "^" && next.text !== "**") return 1;
  const isNegative = second.text === "-";
  if (!/^[1-4]$/u.test(isNegative ? cursor.peek(2).text : second.text)) return 1;
  cursor.take();
  if (isNegative) cursor.take();
  return (isNegative ? -1 : 1) * Number(cursor.take().text);
}

/** Words that end a unit: operators written as words. */
const STOP_WORDS: ReadonlySet<string> = new Set(["in", "to", "per", "of", "x"]);

function unknownUnit(word: Token): ExpressionError {
  const fix = unitFix(word.text) ?? "put `*` before a name, or use a unit such as ms, GB or req/s";
  return new ExpressionError("unknown-unit", `unknown unit \`${word.text.slice(0, 60)}\``, word.start, word.end, fix);
}
