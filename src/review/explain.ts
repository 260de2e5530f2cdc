/** The page of a rule in Markdown: what it finds, why it matters, what to do, examples, numbers and sources. */

import { CONSEQUENCES } from "./consequence.ts";
import { fragmentOfExample } from "./example.ts";
import type { Rule } from "./rule.ts";

/** `references` are the full titles of the works cited, by their short ones. */
export function explainRule(rule: Rule, references: Readonly<Record<string, string>>): string {
  const sections = [
    `# ${rule.code} ${rule.name}`,
    `Step ${rule.step}, usually ${article(rule.severity)} **${rule.severity}**${rule.repairs ? "; `heptad check --fix` can mend it" : ""}. What comes of it: ${lower(CONSEQUENCES[rule.consequence])}.`,
    `${sentence(rule.summary)}\n\n**Why it matters:** ${sentence(rule.why, false)}\n\n**What to do:** ${sentence(rule.fix, false)}`,
    ...(rule.note === undefined ? [] : [`**Note:** ${sentence(rule.note, false)}`]),
    `## It reads\n\n${rule.reads.map((path) => `- \`${path.slice(2)}\` (${path.startsWith("0.") ? "front matter" : `step ${path[0]}`})`).join("\n")}`,
    ...(rule.settings === undefined
      ? []
      : [
          `## Numbers that a project may change\n\n| name | default |\n| --- | --- |\n${Object.entries(rule.settings)
            .map(([name, value]) => `| \`${name}\` | ${value} |`)
            .join("\n")}`,
        ]),
    ...examplesOf(rule),
    `## Sources\n\n${rule.sources.map((source) => `- ${citation(source, references)}`).join("\n")}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** A team's rule may have none: then there is nothing to show, and nothing tests it. */
function examplesOf({ examples: { bad, good } }: Rule): string[] {
  const [fires, passes] = [fragmentOfExample(bad), fragmentOfExample(good)];
  if (fires === "" && passes === "")
    return [
      "It has no examples, so it is not tested: `examples: { bad: …, good: … }` beside it shows where it fires and where it passes.",
    ];
  return [
    ...(fires === "" ? [] : [`## Fires on\n\n\`\`\`yaml\n${fires}\n\`\`\``]),
    ...(passes === "" ? [] : [`## Passes\n\n\`\`\`yaml\n${passes}\n\`\`\``]),
  ];
}

/** The full title of the work that a source names, with the part cited; undefined where the work is not known. */
export function referenceOf(source: string, references: Readonly<Record<string, string>>): string | undefined {
  const title = Object.keys(references).find((one) => source.startsWith(one));
  return title === undefined ? undefined : references[title];
}

function citation(source: string, references: Readonly<Record<string, string>>): string {
  const full = referenceOf(source, references);
  return full === undefined ? source : `${source}. *${full.replaceAll("*", String.raw`\*`)}*`;
}

function sentence(text: string, capital = true): string {
  const start = capital ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
  return /[.!?]$/u.test(start) ? start : `${start}.`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function article(word: string): string {
  return /^[aeiou]/u.test(word) ? "an" : "a";
}
