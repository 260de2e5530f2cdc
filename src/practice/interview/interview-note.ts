/** The candidate's sections as a design note, so that the reviewer can read what was written in the interview. */

import type { Finding } from "../../core/finding.ts";

/** Headings by step, such as `Clarify requirements and goals`. */
export type Headings = readonly string[];

/**
 * Facts are looked for at the head of a section: lines such as `goal: …` before any prose become its yaml block, but in the sections that
 * `prose` names.
 */
export function writeNote(
  title: string,
  system: string,
  headings: Headings,
  sections: Readonly<Record<number, string>>,
  { front = "", prose = [] }: { readonly front?: string; readonly prose?: readonly number[] } = {},
): string {
  const parts = headings.map((heading, i) => {
    const text = sections[i + 1] ?? "";
    return `## ${i + 1}. ${heading}\n\n${prose.includes(i + 1) ? `${text.trim()}\n` : sectionText(text)}`;
  });
  return `---\nheptad: 1\ntitle: ${JSON.stringify(title)}\nsystem: ${system}\n${front}---\n\n# ${title}\n\n${parts.join("\n")}`;
}

/** What was written in an interview as a draft to go on with: a section whose lines look like facts and are none stays in sentences. */
export function draftNote(
  title: string,
  system: string,
  headings: Headings,
  sections: Readonly<Record<number, string>>,
  review: (text: string) => readonly Pick<Finding, "code">[],
): string {
  const prose = Object.keys(sections)
    .map(Number)
    .filter((step) => {
      const alone = writeNote(title, system, headings, { [step]: sections[step] });
      return review(alone).some(({ code }) => code.startsWith("HP0"));
    });
  return writeNote(title, system, headings, sections, { front: "status: draft\n", prose });
}

/** Whether the section says anything as a fact that the reviewer reads. */
export function hasFacts(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.includes("```") || isFactLine(trimmed.split("\n")[0]);
}

function sectionText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.includes("```")) return `${trimmed}\n`;
  const lines = trimmed.split("\n");
  const end = lines.findIndex((line) => !isFactLine(line));
  const count = end < 0 ? lines.length : end;
  if (count === 0) return `${trimmed}\n`;
  const facts = lines.slice(0, count).join("\n");
  return `\`\`\`yaml\n${facts}\n\`\`\`\n\n${lines.slice(count).join("\n").trim()}\n`;
}

/** `key: value`, or an indented line under one. Prose has spaces before its first colon. */
function isFactLine(line: string): boolean {
  return /^[a-z][a-z-]*:(?:\s|$)/u.test(line) || /^\s+\S/u.test(line) || /^- /u.test(line);
}
