/** Grades a number: right within the tolerance, else the question's own mistakes, else the slips that every bank sees. */

import { formatInUnit, formatQuantity } from "../core/format-quantity.ts";
import { type Outcome, succeed, unwrap } from "../core/outcome.ts";
import { describeDimension } from "../core/unit.ts";
import { type Grade, unanswered } from "./grade.ts";
import type { PreparedEstimate } from "./prepare.ts";
import { type AnswerUnit, type NumberRead, readNumber, UNIT_MISSING } from "./read-number.ts";
import { isWithin, logDistance, readTolerance, type Tolerance } from "./tolerance.ts";
import { fillPlaces, type Variant } from "./variant.ts";

/** The right answer of a variant in base units. Throws a `FailureError` where the formula has no value. */
export function answerOf({ answer }: PreparedEstimate, { values }: Variant): number {
  return unwrap(answer.evaluate(values));
}

/** What each mistake gives, in the file's order. Mistakes may use the named lines of the answer. */
export function mistakesOf({ answer, mistakes }: PreparedEstimate, { values }: Variant): readonly number[] {
  const named: Record<string, number> = { ...values };
  for (const line of answer.outputs.keys()) named[line] = unwrap(answer.evaluate(values, line));
  return mistakes.map((mistake) => unwrap(mistake.evaluate(named)));
}

export function answerUnit({ answer }: PreparedEstimate): AnswerUnit {
  return { text: answer.unit?.text ?? "", factor: answer.unit?.factor ?? 1, dimension: answer.dimension };
}

/** A number of the answer's dimension as the question writes it. */
export function writeAnswer(prepared: PreparedEstimate, value: number): string {
  const unit = prepared.answer.unit;
  if (unit === undefined) return formatQuantity(value, prepared.answer.dimension);
  return formatInUnit(value, unit.text, unit.factor, { digits: 3 });
}

/** A failure says that the text is no number: ask again, do not mark it wrong. */
export function gradeEstimate(prepared: PreparedEstimate, variant: Variant, typed: string): Outcome<Grade> {
  const answer = answerOf(prepared, variant);
  const expected = writeAnswer(prepared, answer);
  if (typed.trim() === "") return succeed(unanswered(expected));
  const asTyped = readNumber(typed, answerUnit(prepared));
  if (!asTyped.ok) return asTyped;
  const read = inPlainUnit(asTyped.value, prepared, variant);
  const readings = [read.value, ...read.alternatives];
  const nearest = readings.reduce((best, one) => (logDistance(one, answer) < logDistance(best, answer) ? one : best));
  // `3` where percent are asked for is 3 %, not a share of three, however near that comes to the answer.
  const given = readings.length > 1 && readings[0] > 1 && answer <= 1 ? readings[1] : nearest;
  const { notes } = read;
  const tolerance = readTolerance(prepared.question.tolerance);
  if (isWithin(given, answer, tolerance)) {
    return succeed({ verdict: "right", score: 1, because: [], notes, expected });
  }
  const slips = mistakesOf(prepared, variant);
  const mistake = nearestMistake(readings, slips, tolerance);
  if (mistake !== undefined) {
    const why = fillPlaces(prepared.question.mistakes[mistake].why, variant.texts);
    return succeed({ verdict: "wrong", score: 0, mistake, because: [why], notes, expected });
  }
  const isClose = logDistance(given, answer) <= 2 * tolerance.logs;
  const slip = genericSlip(given, answer, tolerance, answerUnit(prepared));
  const because = [slip ?? describeDistance(given, answer, tolerance)];
  return succeed({ verdict: isClose ? "close" : "wrong", score: isClose ? 0.5 : 0, because, notes, expected });
}

/** From here on two units are too far apart to be mixed up by a slip: bytes and MB. */
const APART = 1e6;

/** A bare number that is right, or one of the mistakes, only in base units was meant in them: bytes and no GB. So is one that is near in a unit far from the one asked for. */
function inPlainUnit(read: NumberRead, prepared: PreparedEstimate, variant: Variant): NumberRead {
  const { value, inBase, notes } = read;
  if (inBase === undefined) return read;
  const tolerance = readTolerance(prepared.question.tolerance);
  const answer = answerOf(prepared, variant);
  const targets = [answer, ...mistakesOf(prepared, variant)];
  const meets = (one: number): boolean => targets.some((target) => isWithin(one, target, tolerance));
  const { text, factor, dimension } = answerUnit(prepared);
  const isNearIn =
    factor >= APART && logDistance(value, answer) > Math.log(FAR) && logDistance(inBase, answer) < Math.log(FAR);
  if (meets(value) || !(meets(inBase) || isNearIn)) return read;
  const note = `${UNIT_MISSING} read in the base unit (${describeDimension(dimension)}), which is ${writeAnswer(prepared, inBase)}; ${text} was asked for`;
  return { value: inBase, alternatives: [], notes: [...notes.filter((one) => !one.startsWith(UNIT_MISSING)), note] };
}

/** A mistake is recognised within the tolerance of the question, and within 5 % where that is wide or exact. */
function nearestMistake(
  readings: readonly number[],
  slips: readonly number[],
  tolerance: Tolerance,
): number | undefined {
  const reach = tolerance.logs === 0 ? 0.005 : Math.min(tolerance.logs, Math.log(1.05));
  let best: number | undefined;
  let least = reach + 1e-9;
  for (const reading of readings) {
    slips.forEach((slip, i) => {
      const distance = logDistance(reading, slip);
      if (distance > least || (distance === least && best !== undefined)) return;
      least = distance;
      best = i;
    });
  }
  return best;
}

interface Slip {
  readonly factor: number;
  readonly why: string;
  /** The base unit that must be part of the answer for the slip to make sense. */
  readonly needs?: "byte" | "second" | "flop";
}

const SLIPS: readonly Slip[] = [
  { factor: 8, needs: "byte", why: "off by 8: bits were taken for bytes, or the other way round" },
  { factor: 1000, why: "off by 1,000: a prefix slipped (k, M, G, T)" },
  { factor: 1e6, why: "off by 1,000,000: two prefixes slipped" },
  { factor: 1.024 ** 3, needs: "byte", why: "off by 7 %: GiB (2^30 bytes) and GB (10^9 bytes) were mixed" },
  { factor: 1.024 ** 4, needs: "byte", why: "off by 10 %: TiB (2^40 bytes) and TB (10^12 bytes) were mixed" },
  { factor: 3600, needs: "second", why: "off by 3,600: hours and seconds were mixed" },
  { factor: 60, needs: "second", why: "off by 60: minutes and seconds, or hours and minutes, were mixed" },
  { factor: 24, needs: "second", why: "off by 24: days and hours were mixed" },
  { factor: 2, needs: "flop", why: "off by 2: a multiply-add is one MAC and two FLOP" },
  { factor: 100, why: "off by 100: percent and fraction were mixed" },
  { factor: 10, why: "off by 10: a power of ten slipped" },
];

function genericSlip(given: number, answer: number, tolerance: Tolerance, unit: AnswerUnit): string | undefined {
  const distance = logDistance(given, answer);
  const widest = Math.min(Math.max(tolerance.logs, 0.005), 0.02);
  // Small factors need a close match, or any answer that is 7 % off would be told about GiB.
  const slip = SLIPS.find(
    ({ factor, needs }) =>
      Math.abs(distance - Math.log(factor)) <= Math.min(widest, 0.1 * Math.log(factor)) &&
      (needs === undefined || (unit.dimension[needs] ?? 0) !== 0),
  );
  return slip?.why;
}

/** Beyond this a factor says nothing any more. */
const FAR = 100;

function describeDistance(given: number, answer: number, tolerance: Tolerance): string {
  const distance = logDistance(given, answer);
  const allowed = tolerance.logs === 0 ? "only the exact answer counts" : `${tolerance.text} is allowed`;
  const reason = `${allowed}: ${tolerance.because}`;
  if (!Number.isFinite(distance)) return `the sign is wrong, or one of the two is zero (${reason})`;
  const factor = Math.exp(distance);
  if (factor > FAR) return `far off: more than a hundred times ${given > answer ? "too high" : "too low"} (${reason})`;
  const side = given > answer ? "too high" : "too low";
  const amount =
    factor < 1.995 ? `${Number(((factor - 1) * 100).toPrecision(2))} %` : `${Number(factor.toPrecision(2))} times`;
  return `${amount} ${side} (${reason})`;
}
