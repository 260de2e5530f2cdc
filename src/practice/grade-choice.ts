/** Grades a choice: which options are right is computed for the variant, and each option says why. */

import { fail, type Outcome, succeed, unwrap } from "../core/outcome.ts";
import { type Grade, unanswered } from "./grade.ts";
import type { PreparedChoice } from "./prepare.ts";
import { fillPlaces, type Variant } from "./variant.ts";

/** Which options are right for these values, in the file's order. */
export function rightOptions({ claims }: PreparedChoice, { values }: Variant): readonly boolean[] {
  return claims.map((claim) => (typeof claim === "boolean" ? claim : unwrap(claim.evaluate(values)) === 1));
}

const LETTERS = "abcdefgh";

/** Accepts the letters or numbers shown (`b`, `a, c`, `2`) or the beginning of an option's text. */
export function gradeChoice(prepared: PreparedChoice, variant: Variant, typed: string): Outcome<Grade> {
  const { question } = prepared;
  const right = rightOptions(prepared, variant);
  const letterOf = (option: number): string => LETTERS[variant.shown.indexOf(option)];
  const wanted = variant.shown.filter((option) => right[option]);
  const write = (option: number): string => fillPlaces(question.options[option].text, variant.texts);
  const expected = wanted.map((option) => `${letterOf(option)}) ${write(option)}`).join("; ");
  if (typed.trim() === "") return succeed(unanswered(expected));
  const picked = readPicks(
    typed,
    variant.shown,
    variant.shown.map((option) => write(option)),
  );
  if (picked === undefined) {
    const letters = LETTERS.slice(0, question.options.length).split("").join(", ");
    const fix = question.many === true ? `type the letters that hold, of ${letters}` : `type one of ${letters}`;
    return fail({ code: "unreadable-answer", message: `\`${typed.trim().slice(0, 40)}\` is none of the options`, fix });
  }
  if (picked.size > 1 && question.many !== true) {
    return fail({ code: "one-option", message: "one option is wanted", fix: "type one letter" });
  }
  // The reader's own slip comes first.
  const slips = question.options.flatMap((_, i) => (picked.has(i) && !right[i] ? [i] : []));
  const rights = question.options.flatMap((_, i) => (right[i] ? [i] : []));
  const because = [...slips, ...rights].map(
    (i) => `${letterOf(i)}) ${fillPlaces(question.options[i].why, variant.texts)}`,
  );
  const isWhole = wanted.every((option) => picked.has(option));
  const grade = { because, notes: [], expected };
  if (slips.length > 0) return succeed({ ...grade, verdict: "wrong", score: 0, mistake: slips[0] });
  return succeed({ ...grade, verdict: isWhole ? "right" : "close", score: isWhole ? 1 : 0.5 });
}

/** The file's numbers of the options picked, or undefined where the text names none. */
function readPicks(typed: string, shown: readonly number[], texts: readonly string[]): Set<number> | undefined {
  const tokens = typed
    .trim()
    .toLowerCase()
    .split(/[\s,;+&]+|\band\b/u)
    .filter((token) => token !== "");
  const places = tokens.map((token) => {
    const letter = /^([a-h])[).]?$/u.exec(token)?.[1];
    const number = /^([1-8])[).]?$/u.exec(token)?.[1];
    if (letter !== undefined) return LETTERS.indexOf(letter);
    return number === undefined ? -1 : Number(number) - 1;
  });
  if (places.length > 0 && places.every((place) => place >= 0 && place < shown.length)) {
    return new Set(places.map((place) => shown[place]));
  }
  const start = typed.trim().toLowerCase();
  const matching = texts.flatMap((text, place) => (text.toLowerCase().startsWith(start) ? [shown[place]] : []));
  return start.length >= 3 && matching.length === 1 ? new Set(matching) : undefined;
}
