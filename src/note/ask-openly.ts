/** What the writer does not know yet: an open question below the heading of its step, where the next reader finds it. */

import { newlineOf } from "../design/text-lines.ts";
import { STEPS } from "../steps/design.ts";

/** The note with the question under the heading of the step, behind what stands there; once only, and with the note's own line endings. */
export function withOpenQuestion(text: string, step: number, question: string): string {
  const line = `- open: ${question.replaceAll(/\s+/gu, " ").trim()}`;
  const newline = newlineOf(text);
  const lines = text.split(newline);
  if (lines.includes(line)) return text;
  const heading = lines.findIndex((one) => new RegExp(`^##\\s+${step}\\.`, "u").test(one));
  if (heading < 0)
    return [text.trimEnd(), "", `## ${step}. ${STEPS[step - 1]?.title ?? ""}`, "", line, ""].join(newline);
  const next = lines.findIndex((one, i) => i > heading && /^##\s/u.test(one));
  const end = next < 0 ? lines.length : next;
  let last = end - 1;
  while (last > heading && lines[last].trim() === "") last--;
  const gap = lines[last].startsWith("- open: ") ? [] : [""];
  return [...lines.slice(0, last + 1), ...gap, line, "", ...lines.slice(end)].join(newline);
}
