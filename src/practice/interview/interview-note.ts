/** The candidate's sections as a design note, so that the reviewer can read what was written in the interview. */

/** Headings by step, such as `Clarify requirements and goals`. */
export type Headings = readonly string[];

/** Facts are looked for at the head of a section: lines such as `goal: …` before any prose become its yaml block. */
export function writeNote(
  title: string,
  system: string,
  headings: Headings,
  sections: Readonly<Record<number, string>>,
): string {
  const parts = headings.map((heading, i) => `## ${i + 1}. ${heading}\n\n${sectionText(sections[i + 1] ?? "")}`);
  return `---\nheptad: 1\ntitle: ${JSON.stringify(title)}\nsystem: ${system}\n---\n\n# ${title}\n\n${parts.join("\n")}`;
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
