/** What the page shows of a question: asked, being answered, graded. */

import { formatInUnit } from "../../core/format-quantity.ts";
import type { Dimension } from "../../core/unit.ts";
import { AREAS } from "../../practice/area.ts";
import type { Grade } from "../../practice/grade.ts";
import { answerOf, answerUnit, mistakesOf, writeAnswer } from "../../practice/grade-estimate.ts";
import type { AnswerRecord } from "../../practice/history.ts";
import { readNumber } from "../../practice/read-number.ts";
import type { Asked } from "../../practice/session.ts";
import { answerPrompt, askLines, revealLines } from "../../practice/sitting.ts";
import { fillPlaces } from "../../practice/variant.ts";

/** The question that stands, as the page shows it. */
export function describeAsked({ sitting, number, reason, hintsShown }: Asked, isTimed: boolean) {
  const { question } = sitting.prepared;
  const { id, kind, area, level, minutes, title } = question;
  const options = kind === "choose" || kind === "diagnose" ? question.options.map(({ text }) => text) : [];
  return {
    number,
    id,
    kind,
    area: AREAS[area],
    level,
    minutes,
    title,
    reason,
    isTimed,
    many: (kind === "choose" || kind === "diagnose") && question.many === true,
    options: options.length,
    ask: sitting.variant.ask,
    given: sitting.variant.given,
    lines: askLines(sitting),
    prompt: answerPrompt(sitting),
    hints: sitting.hints.slice(0, hintsShown),
    hintsLeft: isTimed ? 0 : sitting.hints.length - hintsShown,
    canRead: "answer" in sitting.prepared,
  };
}

/** What a text is read as; says nothing of whether it is right. */
export function readTyped({ sitting: { prepared } }: Asked, typed: string) {
  if (!("answer" in prepared) || typed.trim() === "") return { read: null };
  const unit = answerUnit(prepared);
  const read = readNumber(typed, unit);
  if (!read.ok) return { read: null, why: read.failure.message };
  const { value, notes } = read.value;
  const [mantissa, exponent] = value.toExponential(3).split("e");
  return {
    read: formatInUnit(value, unit.text, unit.factor, { digits: 4 }),
    inBase:
      Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3
        ? { mantissa, exponent: String(Number(exponent)), unit: baseOf(unit.dimension) }
        : null,
    notes,
  };
}

/** The unit that a number stands in without any other: `bytes`; empty for what has none, or several. */
function baseOf(dimension: Dimension): string {
  const [[name, exponent] = ["", 0], ...more] = Object.entries(dimension).filter(([, power]) => power !== 0);
  return exponent === 1 && more.length === 0 ? `${name}s` : "";
}

/** An answer that was graded, with the worked answer and the ruler. */
export function describeGraded({ sitting, hintsShown }: Asked, grade: Grade, record: AnswerRecord) {
  return {
    verdict: grade.verdict,
    because: grade.because,
    expected: grade.expected,
    notes: grade.notes,
    typed: record.typed,
    confidence: record.confidence ?? null,
    score: record.score,
    question: record.question,
    seed: record.seed,
    ask: sitting.variant.ask,
    lines: revealLines(sitting, grade, hintsShown),
    ruler: rulerOf(sitting, record.typed),
  };
}

/** Where the right answer, the typed one and the known slips lie on a logarithmic axis; null for what is no number. */
function rulerOf({ prepared, variant }: Asked["sitting"], typed: string) {
  if (!("answer" in prepared) || prepared.question.kind !== "estimate") return null;
  const right = answerOf(prepared, variant);
  const read = readNumber(typed, answerUnit(prepared));
  const { mistakes } = prepared.question;
  const slips = mistakesOf(prepared, variant).map((value, i) => ({
    value,
    why: fillPlaces(mistakes[i]?.why ?? "", variant.texts),
  }));
  if (!(right > 0)) return null;
  const place = (value: number, label: string, role: string) => ({
    value,
    text: writeAnswer(prepared, value),
    label,
    role,
  });
  return [
    place(right, "right", "right"),
    ...(read.ok && read.value.value > 0 ? [place(read.value.value, "yours", "yours")] : []),
    ...slips.filter(({ value }) => value > 0).map(({ value, why }) => place(value, why, "slip")),
  ];
}
