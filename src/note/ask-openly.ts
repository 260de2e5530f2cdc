/** What the writer does not know yet: an open question of the note, which the review counts as asked and not as answered. */

import { newlineOf } from "../design/text-lines.ts";
import { type Design, parseDesign, STEPS } from "../steps/design.ts";
import { setFact } from "./set-fact.ts";

export interface OpenQuestion {
  readonly ask: string;
  /** The step that waits for the answer. */
  readonly step: number;
  /** What it is about, of the topics of section 1. */
  readonly topic: string;
}

const QUESTIONS = "1.questions";

/** The note with the question among those of section 1, once only; where that section cannot take it, as a line below the heading of its step. */
export function withOpenQuestion(text: string, { ask, step, topic }: OpenQuestion): string {
  const words = ask.replaceAll(/\s+/gu, " ").trim();
  const { design } = parseDesign(text, "note.md");
  if (design !== undefined && asksOpenly(design, words)) return text;
  const entry = `{ topic: ${topic}, ask: ${JSON.stringify(words)}, status: open, changes: [${step}] }`;
  const count = design?.clarify.questions?.length;
  const set =
    count === undefined ? setFact(text, QUESTIONS, `[${entry}]`) : setFact(text, `${QUESTIONS}[${count}]`, entry);
  if (!set.ok) return withLine(text, step, words);
  // The first one begins a list of lines, which the next ones are added to.
  return set.value.replace(`questions: [${entry}]`, () => `questions:${newlineOf(text)}  - ${entry}`);
}

/** Whether a question stands in the note that nobody has answered. */
export function asksOpenly({ clarify }: Design, ask: string): boolean {
  return (clarify.questions ?? []).some((one) => one.ask === ask);
}

function withLine(text: string, step: number, question: string): string {
  const line = `- open: ${question}`;
  const newline = newlineOf(text);
  // Each with its own ending.
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/u);
  if (lines.some((one) => one.trimEnd() === line)) return text;
  const heading = lines.findIndex((one) => new RegExp(`^##\\s+${step}\\.`, "u").test(one));
  if (heading < 0)
    return [text.trimEnd(), "", `## ${step}. ${STEPS[step - 1]?.title ?? ""}`, "", line, ""].join(newline);
  const next = lines.findIndex((one, i) => i > heading && /^##\s/u.test(one));
  const end = next < 0 ? lines.length : next;
  let last = end - 1;
  while (last > heading && lines[last].trim() === "") last--;
  const gap = lines[last].startsWith("- open: ") ? "" : newline;
  const before = lines.slice(0, last + 1).join("");
  const ended = /[\r\n]$/u.test(before) ? before : before + newline;
  return ended + gap + line + newline + (next < 0 ? "" : newline) + lines.slice(end).join("");
}
