/** Accepts a finding in a note: a line in the front matter's `waive` list, with the reason; the rest stays to the character. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { writeValue } from "../design/set-fact.ts";
import { newlineOf } from "../design/text-lines.ts";
import { parseDesign } from "../steps/design.ts";

/** `rule` is the rule's name or code. Fails without a reason, without front matter, and where the list is written in one line. */
export function waiveInNote(text: string, rule: string, reason: string): Outcome<string> {
  const why = reason.replaceAll(/\s+/gu, " ").trim();
  if (why === "")
    return fail({ code: "no-reason", message: "a waiver says why", fix: "write the reason in a few words" });
  // Each with its own ending.
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/u);
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === "---");
  if (lines[0]?.trim() !== "---" || end < 0)
    return fail({
      code: "no-front-matter",
      message: "the note has no front matter",
      fix: "begin it with --- and heptad: 1",
    });
  const own = `  - { rule: ${writeValue(rule)}, reason: ${JSON.stringify(why)} }`;
  const head = lines.findIndex((line, i) => i < end && /^waive:/u.test(line));
  if (head >= 0 && !/^waive:\s*(?:#.*)?$/u.test(lines[head].trimEnd()))
    return fail({
      code: "waive-in-one-line",
      message: "the list of waivers is written in one line",
      fix: `add ${own.trim().slice(2)} to it by hand`,
    });
  const newline = newlineOf(text);
  const at = head < 0 ? end : lastOfList(lines, head, end) + 1;
  const added = [...(head < 0 ? [`waive:${newline}`] : []), `${own}${newline}`];
  const written = [...lines.slice(0, at), ...added, ...lines.slice(at)].join("");
  const { findings } = parseDesign(written, "note.md");
  const before = parseDesign(text, "note.md").findings.length;
  if (findings.length <= before) return succeed(written);
  return fail({
    code: "cannot-waive",
    message: "the waiver cannot be written into this front matter",
    fix: "write it by hand",
  });
}

/** The last line that belongs to the list below `head`. */
function lastOfList(lines: readonly string[], head: number, end: number): number {
  let last = head;
  for (let i = head + 1; i < end && /^\s/u.test(lines[i]); i++) last = i;
  return last;
}
