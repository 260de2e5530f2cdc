/** Reads numbers with their units (`50M items`, `200 MB/s`, `$0.05 per 1k predictions`) and the units results are asked for in. */

import { nearest } from "../../core/nearest.ts";
import { NOUNS } from "../../core/quantity.ts";
import { combine, type Dimension, MAGNITUDES, UNITS } from "../../core/unit.ts";
import { ExpressionError } from "./expression-error.ts";
import type { LiteralNode, TargetUnit } from "./node.ts";
import type { TokenCursor } from "./token-cursor.ts";
import type { Token } from "./tokenize.ts";

/** A unit of measure or a counted noun. */
export function isUnitWord(word: string): boolean {
  return UNITS.has(word) || NOUNS.has(word);
}

/** One number with what belongs to it. The cursor stands on a number or on `$`. */
export function readLiteral(cursor: TokenCursor, text: string, variables: ReadonlySet<string>): LiteralNode {
  const { start } = cursor.next;
  const isMoney = cursor.takeWord("$");
  const number = cursor.take();
  if (number.kind !== "number") {
    throw new ExpressionError(
      "not-a-number",
      "a number belongs after `$`",
      number.start,
      number.end,
      "write an amount such as `$5k`",
    );
  }
  const scale: Scale = { value: Number(number.text.replaceAll(/[_,]/g, "")), dimension: isMoney ? { dollar: 1 } : {} };
  readNumerator(cursor, scale, isMoney);
  readDenominators(cursor, scale, variables, isMoney);
  const { end } = cursor.last;
  if (!Number.isFinite(scale.value))
    throw new ExpressionError("overflow", "this number is too large", start, end, "use a smaller one");
  const written = text.slice(start, end).replaceAll(/\s+/gu, " ");
  return { kind: "literal", value: scale.value, dimension: scale.dimension, text: written, start, end };
}

/** The unit behind `->`: `GB`, `req/s`, `$/month`, `%`, `/day`, `M tokens`. */
export function readTargetUnit(cursor: TokenCursor, text: string): TargetUnit {
  const { start } = cursor.next;
  const isMoney = cursor.takeWord("$");
  const scale: Scale = { value: 1, dimension: isMoney ? { dollar: 1 } : {} };
  if (!cursor.takeWord("x")) readNumerator(cursor, scale, isMoney);
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

interface Scale {
  value: number;
  dimension: Dimension;
}

function readNumerator(cursor: TokenCursor, scale: Scale, isMoney: boolean): void {
  if (cursor.takeWord("%", "percent")) {
    scale.value /= 100;
    return;
  }
  const { next, second } = cursor;
  const magnitude = next.kind === "word" ? MAGNITUDES.get(next.text) : undefined;
  const isNounNext = second.kind === "word" && NOUNS.has(second.text);
  if (magnitude !== undefined && (isMoney || isNounNext || !UNITS.has(next.text))) {
    cursor.take();
    scale.value *= magnitude;
  } else if (next.text === "x" && next.start === cursor.last.end && second.kind !== "number") {
    cursor.take();
  }
  while (cursor.next.kind === "word" && !STOP_WORDS.has(cursor.next.text)) readUnitWord(cursor, scale, 1);
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
    scale.value /= Number(cursor.take().text.replaceAll(/[_,]/g, ""));
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
  const unit = UNITS.get(word.text);
  if (unit === undefined && !NOUNS.has(word.text)) throw unknownUnit(word);
  if (unit !== undefined) {
    const power = readPower(cursor);
    scale.value *= unit.factor ** (sign * power);
    for (let i = 0; i < power; i++) scale.dimension = combine(scale.dimension, unit.dimension, sign);
  }
  // `GB-month`, `GPU-hours`: a product, when nothing stands between.
  const { next, second } = cursor;
  if (next.text === "-" && next.start === word.end && second.start === next.end && isUnitWord(second.text)) {
    cursor.take();
    readUnitWord(cursor, scale, sign);
  }
}

/** `s^2` right behind a number is a power of the unit: `4 s^2` is not (4 s)^2. */
function readPower(cursor: TokenCursor): number {
  const { next, second } = cursor;
  if (next.text !== "^" || !/^[1-4]$/u.test(second.text)) return 1;
  cursor.take();
  return Number(cursor.take().text);
}

/** Words that end a unit: operators written as words. */
const STOP_WORDS: ReadonlySet<string> = new Set(["in", "to", "per", "of", "x"]);

function unknownUnit(word: Token): ExpressionError {
  const suggestion = nearest(word.text, [...UNITS.keys(), ...NOUNS]);
  const fix =
    suggestion === undefined
      ? "put `*` before a name, or use a unit such as ms, GB or req/s"
      : `did you mean \`${suggestion}\`?`;
  return new ExpressionError("unknown-unit", `unknown unit \`${word.text.slice(0, 60)}\``, word.start, word.end, fix);
}
