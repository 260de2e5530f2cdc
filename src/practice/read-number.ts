/** Reads a number as people type it: `1.2 GB`, `about 40k/s`, `50M*128*4 B`, `1.2gb`, `~25.6 (GB)`; a slip of form is forgiven with a word. */

import { formatInUnit } from "../core/format-quantity.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { type Dimension, describeDimension, sameDimension, UNITS } from "../core/unit.ts";
import { evaluateExpression } from "../estimate/expression/program.ts";

/** The unit an answer is asked for in. */
export interface AnswerUnit {
  readonly text: string;
  readonly factor: number;
  readonly dimension: Dimension;
}

export interface NumberRead {
  /** In base units of the answer's dimension. */
  readonly value: number;
  /** Other readings that are as fair: `99` for a share may be 99 % or 99. */
  readonly alternatives: readonly number[];
  /** The bare number in base units, where no unit was typed and another one is asked for: `49.2e9` may be bytes. */
  readonly inBase?: number;
  /** What was forgiven or assumed, in words for the reader. */
  readonly notes: readonly string[];
}

/** How the note of a bare number begins. */
export const UNIT_MISSING = "no unit was given:";

const MAXIMUM_LENGTH = 300;

/**
 * A text that cannot be read as one number is a failure, so that the reader is asked again rather than marked wrong.
 * Nothing is fished out of a sentence: the last number of a text is not its answer.
 */
export function readNumber(input: string, unit: AnswerUnit): Outcome<NumberRead> {
  const text = input.trim();
  if (text === "")
    return fail({ code: "no-answer", message: "there is no answer yet", fix: `write a number${askedIn(unit)}` });
  // A unit alone would be read as one of it.
  if (text.length > MAXIMUM_LENGTH || UNITS.has(text)) return fail(unreadable(text, unit));
  const sides = text.split("=").map((side) => side.trim());
  if (sides.length > 2 || sides.some((side) => side === "")) return fail(unreadable(text, unit));
  const readings = sides.map((side) => readSide(side, unit));
  const last = readings[readings.length - 1];
  if (!last.ok || readings.length === 1) return last;
  const first = readings[0];
  if (!first.ok) return last;
  const agrees = Math.abs(first.value.value - last.value.value) <= 0.02 * Math.abs(first.value.value);
  if (agrees) return last;
  const gives = formatInUnit(first.value.value, unit.text, unit.factor, { digits: 3 });
  return succeed({
    ...last.value,
    notes: [...last.value.notes, `${sides[0]} gives ${gives}; what stands after the = was graded`],
  });
}

function readSide(side: string, unit: AnswerUnit): Outcome<NumberRead> {
  // `0x10` is sixteen to some and no product to anybody.
  if (OTHER_BASE.test(side)) return fail(unreadable(side, unit));
  let other: string | undefined;
  for (const candidate of candidates(side)) {
    const result = evaluateExpression(candidate.text);
    if (!result.ok) continue;
    const { value, dimension } = result.value[result.value.length - 1];
    if (!Number.isFinite(value)) continue;
    const percent = PERCENT.test(candidate.text);
    const isOfAnswer = sameDimension(dimension, unit.dimension);
    const isBare = sameDimension(dimension, {}) && !percent;
    // Bytes are no time, whatever their number is. `40m` as a count is no length either: it may be read in another way.
    if (isOfAnswer || (isBare && other === undefined))
      return succeed(inUnit(value, dimension, percent, unit, candidate.note === undefined ? [] : [candidate.note]));
    other ??= percent ? "%" : describeDimension(dimension);
  }
  return fail(other === undefined ? unreadable(side, unit) : ofOtherUnit(side, other, unit));
}

const OTHER_BASE = /(?<![\w.,])0[xXbBoO][\da-fA-F]/u;
const PERCENT = /%|percent/u;

/** `value` has the answer's dimension, or none. */
function inUnit(value: number, dimension: Dimension, percent: boolean, unit: AnswerUnit, notes: string[]): NumberRead {
  const isPure = sameDimension(dimension, {});
  const expectsPure = sameDimension(unit.dimension, {});
  if (expectsPure && isPure) {
    // A share may be typed 0.99 or 99; "$per 1k" and "M tokens" may be typed in the unit asked for.
    const alternatives = percent || unit.factor === 1 ? [] : [value * unit.factor];
    return { value, alternatives, notes };
  }
  if (isPure) {
    notes.push(`${UNIT_MISSING} read as ${unit.text}`);
    return { value: value * unit.factor, alternatives: [], ...(unit.factor === 1 ? {} : { inBase: value }), notes };
  }
  return { value, alternatives: [], notes };
}

/** The text itself, then ever more forgiving readings of it. */
function* candidates(side: string): Generator<{ text: string; note?: string }> {
  const plain = side
    .replace(
      /^(?:(?:it'?s|i'?d say|say|maybe|probably|about|around|roughly|approx(?:imately|\.)?|circa|ca\.|nearly|almost|some|or so)\s+|[~≈]\s*)+/iu,
      "",
    )
    .replace(/\s+(?:or so|or thereabouts|approx(?:imately|\.)?|ish)$/iu, "")
    .replace(/(?<=\d)\s*[x×]\s*(?=\d)/gu, " * ")
    .replace(/[.!]+$/u, "");
  yield { text: plain };
  const spelled = plain.replaceAll(
    /(?<=\d\s*|\/\s*)[A-Za-z]+(?![A-Za-z(])/gu,
    (word) => SPELLINGS.get(word.toLowerCase()) ?? word,
  );
  if (spelled !== plain) yield { text: spelled, note: `read as \`${spelled}\`` };
  const open = spelled.replaceAll(/[()[\]]/gu, " ").trim();
  if (open !== spelled) yield { text: open };
  // `154 pods`: a noun that names what is counted changes nothing.
  const noun =
    /^(?<number>[-+]?[\d.,_]+(?:e[+-]?\d+)?\s*[kKMGT%]?(?:\s*bn)?)\s+(?<words>[\p{L}][\p{L} -]{1,40})$/u.exec(spelled);
  if (noun?.groups !== undefined && !noun.groups.words.split(/\s+/u).some((word) => UNITS.has(word))) {
    yield { text: noun.groups.number, note: `\`${noun.groups.words}\` was taken as what is counted` };
  }
}

/** Units as hurried people write them; those with two meanings (`mb`) are read as the usual one, and the reader is told. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    "kB",
    "MB",
    "GB",
    "TB",
    "PB",
    "KiB",
    "MiB",
    "GiB",
    "TiB",
    "Gbps",
    "Mbps",
    "TFLOP",
    "GFLOP",
    "TFLOPS",
    "GFLOPS",
    "ms",
    "us",
    "ns",
    "QPS",
    "RPS",
    "kWh",
    "Wh",
  ]
    .map((unit): [string, string] => [unit.toLowerCase(), unit])
    .concat([
      ["secs", "s"],
      ["mins", "min"],
      ["hrs", "h"],
      ["msec", "ms"],
      ["m", "M"],
      ["bil", "bn"],
      ["mil", "M"],
      ["mio", "M"],
      ["usd", "USD"],
    ]),
);

function expected(unit: AnswerUnit): string {
  if (unit.text !== "") return `asked for in ${unit.text}`;
  return sameDimension(unit.dimension, {}) ? "a plain number" : `in ${describeDimension(unit.dimension)}`;
}

/** `, in GB`; nothing where the answer has no unit. */
function askedIn({ text }: AnswerUnit): string {
  return text === "" ? "" : `, in ${text}`;
}

function ofOtherUnit(text: string, other: string, unit: AnswerUnit) {
  return {
    code: "other-unit",
    message: `\`${shortened(text)}\` is in ${other}, and the answer is ${expected(unit)}`,
    fix: `write it${askedIn(unit) === "" ? " without a unit" : askedIn(unit).replace(",", "")}`,
  };
}

function unreadable(text: string, unit: AnswerUnit) {
  return {
    code: "unreadable-answer",
    message: `\`${shortened(text)}\` cannot be read as one number`,
    fix: `write just a number, a sum or a product${askedIn(unit)}: \`1.2 GB\`, \`about 40k/s\`, \`50M*128*4 B\``,
  };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
