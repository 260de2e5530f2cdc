/** Builds the note of a rule's example: front matter, the headings of the steps it speaks of, their facts. */

import type { Example } from "./rule.ts";

const STEP_NUMBERS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The whole note, ready to be read as a design. */
export function noteOfExample(example: Example): string {
  const system = example.system ?? "example";
  const sections = STEP_NUMBERS.map((step) => {
    const facts = example[step];
    const prose = step === 1 && example.prose !== undefined ? `\n${example.prose}\n` : "";
    return `## ${step}. Step ${step}\n${facts === undefined ? "" : `\n\`\`\`yaml\n${facts.trim()}\n\`\`\`\n`}${prose}`;
  });
  return `---\nheptad: 1\ntitle: Example\nsystem: ${system}\n---\n\n${sections.join("\n")}`;
}

/** The example as the documentation shows it: only what it states. */
export function fragmentOfExample(example: Example): string {
  const system = example.system === undefined ? [] : [`# front matter\nsystem: ${example.system}`];
  const steps = STEP_NUMBERS.flatMap((step) => {
    const facts = example[step]?.trim();
    const prose = step === 1 && example.prose !== undefined ? `# prose: ${example.prose}` : undefined;
    const parts = [facts, prose].filter((part) => part !== undefined && part !== "");
    return parts.length === 0 ? [] : [`# step ${step}\n${parts.join("\n")}`];
  });
  return [...system, ...steps].join("\n");
}
