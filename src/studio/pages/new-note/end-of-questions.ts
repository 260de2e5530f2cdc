/** What came of the questions of a new note: a fact is written, an open question of the note, or left for later. */

import type { PlainFact } from "../../worker/messages.ts";

type AnsweredFact = Pick<PlainFact, "isStated" | "isOpen">;

export function endOf(facts: readonly AnsweredFact[]): string {
  const open = facts.filter(({ isOpen }) => isOpen).length;
  const later = facts.filter(({ isStated }) => !isStated).length;
  const written = facts.length - open - later;
  if (written === facts.length)
    return "The facts that decide the most are written. The review says what is wrong with them.";
  const rest = [
    ...(open > 0 ? [`${open} ${open === 1 ? "is an open question" : "are open questions"} of the note`] : []),
    ...(later > 0 ? [`${later} ${later === 1 ? "was" : "were"} left for later`] : []),
  ];
  return `Of ${facts.length} facts that decide the most ${written === 0 ? "none" : written} ${written > 1 ? "are" : "is"} written, ${rest.join(" and ")}.`;
}
