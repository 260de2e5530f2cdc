/** Grades the blanks of a note: each is right, wrong or left out on its own, and the score is the share that is right. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import { type Grade, unanswered } from "./grade.ts";
import type { FillQuestion } from "./question.ts";

/** Takes the blanks in order, divided by `;` or a new line (a comma does where there is one blank only). */
export function gradeFill(question: FillQuestion, typed: string): Outcome<Grade> {
  const { blanks } = question;
  const expected = blanks.map(({ accept }) => String(accept[0])).join("; ");
  if (typed.trim() === "") return succeed(unanswered(expected));
  const given = blanks.length === 1 ? [typed.trim()] : typed.split(/[;\n]/u).map((one) => one.trim());
  if (given.length !== blanks.length) {
    const message = `there are ${blanks.length} blanks, and ${given.length} ${given.length === 1 ? "answer" : "answers"}`;
    return fail({
      code: "unreadable-answer",
      message,
      fix: "divide the answers with `;`, and write `-` for one you leave out",
    });
  }
  const because: string[] = [];
  let rightCount = 0;
  let mistake: number | undefined;
  blanks.forEach(({ accept, why, mistakes }, i) => {
    if (accept.some((one) => agrees(given[i], String(one)))) {
      rightCount++;
      return;
    }
    const slip = mistakes.findIndex((one) => agrees(given[i], String(one.answer)));
    const label = blanks.length === 1 ? "" : `blank ${i + 1}: `;
    if (slip >= 0) {
      mistake ??= blanks.slice(0, i).reduce((sum, one) => sum + one.mistakes.length, 0) + slip;
      because.push(`${label}${mistakes[slip].why}`);
    }
    because.push(`${label}${accept[0]}: ${why}`);
  });
  const score = rightCount / blanks.length;
  const verdict = score === 1 ? "right" : score >= 0.5 ? "close" : "wrong";
  return succeed({ verdict, score: score >= 0.5 ? score : 0, mistake, because, notes: [], expected });
}

/** Quantities agree by value, words by letters; case, spaces, quotes and hyphens do not matter. */
export function agrees(given: string, wanted: string): boolean {
  if (normalise(given) === normalise(wanted)) return true;
  const [a, b] = [parseQuantity(given), parseQuantity(wanted)];
  if (!a.ok || !b.ok) return false;
  const sameUnit = JSON.stringify(a.value.dimension) === JSON.stringify(b.value.dimension);
  return sameUnit && Math.abs(a.value.value - b.value.value) <= 1e-9 * Math.abs(b.value.value);
}

function normalise(text: string): string {
  return text.toLowerCase().replaceAll(/[\s"'`_-]+/gu, "");
}
