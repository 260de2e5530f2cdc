/** A recurring pattern of ML systems as a short note of one form: problem, when, how, numbers, failure modes, where it is used. */

import { parse } from "yaml";
import { z } from "zod";
import { fail, type Outcome, succeed } from "../core/outcome.ts";

/** The headings of a pattern, in the order in which they stand. */
export const PATTERN_SECTIONS = [
  "Problem",
  "When",
  "How",
  "The numbers that decide",
  "Failure modes",
  "Where it is used",
] as const;

export type PatternSection = (typeof PATTERN_SECTIONS)[number];

const names = z.array(z.string().min(1)).min(1);

const frontMatterSchema = z.strictObject({
  title: z.string().min(1),
  steps: z.array(z.int().min(1).max(7)).min(1),
  rules: names,
  questions: names,
  sources: names,
  /** Reference designs in `designs/` that use it. */
  designs: names.optional(),
});

/** A pattern as read. `rules` and `questions` are names of ours, `sources` ids of the catalogue. */
export type Pattern = z.output<typeof frontMatterSchema> & {
  /** As the file is called. */
  readonly name: string;
  /** Markdown under each heading, without the heading. */
  readonly sections: Readonly<Record<PatternSection, string>>;
};

/** Reads one pattern. Fails for another form, with what is missing. */
export function parsePattern(name: string, text: string): Outcome<Pattern> {
  const wrong = (message: string, fix: string): Outcome<never> =>
    fail({ code: "broken-pattern", message, where: `library/patterns/${name}.md`, fix });
  const match = /^---\r?\n(?<front>[\s\S]*?)\r?\n---\r?\n(?<body>[\s\S]*)$/u.exec(text);
  if (match?.groups === undefined)
    return wrong("there are no facts between `---` lines at the head", "begin with them");
  let front: unknown;
  try {
    front = parse(match.groups.front);
  } catch {
    return wrong("the facts at the head are not YAML", "quote texts that hold a colon");
  }
  const parsed = frontMatterSchema.safeParse(front);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return wrong(`${issue.path.join(".") || "the head"}: ${issue.message}`, "see another pattern for the form");
  }
  const found = new Map<string, string>();
  for (const part of match.groups.body.split(/^## /mu).slice(1)) {
    const end = part.indexOf("\n");
    found.set(part.slice(0, end === -1 ? undefined : end).trim(), end === -1 ? "" : part.slice(end).trim());
  }
  const wanted: readonly string[] = PATTERN_SECTIONS;
  const unknown = [...found.keys()].find((heading) => !wanted.includes(heading));
  if (unknown !== undefined) return wrong(`\`${unknown}\` is no heading of a pattern`, `use ${wanted.join(", ")}`);
  const missing = PATTERN_SECTIONS.find((heading) => (found.get(heading) ?? "") === "");
  if (missing !== undefined) return wrong(`nothing stands under \`${missing}\``, "write it, or leave the pattern out");
  const textOf = (heading: PatternSection): string => found.get(heading) ?? "";
  return succeed({
    ...parsed.data,
    name,
    sections: {
      Problem: textOf("Problem"),
      When: textOf("When"),
      How: textOf("How"),
      "The numbers that decide": textOf("The numbers that decide"),
      "Failure modes": textOf("Failure modes"),
      "Where it is used": textOf("Where it is used"),
    },
  });
}
