/** Grades an order: right as a whole, close when one neighbour pair is swapped. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { type Grade, unanswered } from "./grade.ts";
import type { OrderQuestion } from "./question.ts";
import type { Variant } from "./variant.ts";

const LETTERS = "abcdefgh";

/** Accepts the letters or numbers shown, in the order meant: `c a b`, `cab`, `3,1,2`. */
export function gradeOrder(question: OrderQuestion, variant: Variant, typed: string): Outcome<Grade> {
  const { items, why } = question;
  const expected = items.map((item, i) => `${LETTERS[variant.shown.indexOf(i)]}) ${item}`).join("  ");
  if (typed.trim() === "") return succeed(unanswered(expected));
  const order = readOrder(typed, variant.shown);
  if (order === undefined) {
    const letters = LETTERS.slice(0, items.length).split("").join(" ");
    const message = `\`${typed.trim().slice(0, 40)}\` does not name each item once`;
    return fail({ code: "unreadable-answer", message, fix: `type all of ${letters} in your order` });
  }
  const grade = { because: [why], notes: [], expected };
  if (order.every((item, i) => item === i)) return succeed({ ...grade, verdict: "right", score: 1 });
  const known = question.mistakes.findIndex((mistake) => mistake.order.every((item, i) => order[i] === item - 1));
  if (known >= 0) {
    const because = [question.mistakes[known].why, why];
    return succeed({ ...grade, verdict: "wrong", score: 0, mistake: known, because });
  }
  const misplaced = order.flatMap((item, i) => (item === i ? [] : [i]));
  const isClose = misplaced.length === 2 && misplaced[1] - misplaced[0] === 1;
  return succeed({ ...grade, verdict: isClose ? "close" : "wrong", score: isClose ? 0.5 : 0 });
}

function readOrder(typed: string, shown: readonly number[]): readonly number[] | undefined {
  const compact = typed.toLowerCase().replaceAll(/[^a-h1-8]/gu, "");
  const places = [...compact].map((sign) => (/\d/u.test(sign) ? Number(sign) - 1 : LETTERS.indexOf(sign)));
  const isWhole = places.length === shown.length && new Set(places).size === shown.length;
  return isWhole && places.every((place) => place < shown.length) ? places.map((place) => shown[place]) : undefined;
}
