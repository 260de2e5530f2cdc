/** `heptad library`: the patterns, the works people learn from, and the ways through them. */

import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Library } from "../../library/library.ts";
import { PATTERN_SECTIONS, type Pattern } from "../../library/pattern.ts";
import type { Roadmap } from "../../library/roadmap.ts";
import { citeWork, type Work } from "../../library/work.ts";
import type { Command } from "../command.ts";
import { EXITS } from "../command.ts";
import { wrapLines } from "../wrap-text.ts";

export const command: Command = {
  name: "library",
  summary: "print a pattern, a work or a roadmap, or list them",
  arguments: [{ name: "NAME", description: "a pattern, a work's id or a roadmap; all where absent", optional: true }],
  options: [{ name: "json", description: "print it as JSON" }],
  examples: [
    { line: "heptad library", says: "a line each" },
    { line: "heptad library two-stage-serving", says: "one pattern" },
    { line: "heptad library candidate", says: "six weeks before an interview" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const { readLibrary } = await import("../../node/library-files.ts");
    const library = readLibrary();
    const [name] = input.arguments;
    const { lines, value } = name === undefined ? listAll(library) : describe(name, library);
    terminal.out(input.has("json") ? JSON.stringify(value, null, 2) : wrapLines(lines, terminal.width));
    return EXITS.done.code;
  },
};

interface Described {
  readonly lines: readonly string[];
  readonly value: Library | Pattern | Work | Roadmap;
}

function listAll(library: Library): Described {
  const lines = [
    ...library.patterns.map(({ name, title }) => `pattern   ${name}: ${title}`),
    ...library.works.map((work) => `work      ${work.id}: ${citeWork(work)}`),
    ...library.roadmaps.map(({ name, title }) => `roadmap   ${name}: ${title}`),
  ];
  return { lines, value: library };
}

function describe(name: string, library: Library): Described {
  const pattern = library.patterns.find((one) => one.name === name);
  if (pattern !== undefined) return { lines: describePattern(pattern, library.works), value: pattern };
  const roadmap = library.roadmaps.find((one) => one.name === name);
  if (roadmap !== undefined) return { lines: describeRoadmap(roadmap, library), value: roadmap };
  const work = library.works.find((one) => one.id === name);
  if (work !== undefined) return { lines: describeWork(work, library.patterns), value: work };
  const names = [...library.patterns, ...library.roadmaps].map((one) => one.name);
  const suggestion = nearest(name, [...names, ...library.works.map(({ id }) => id)]);
  throw new FailureError({
    code: "not-in-library",
    message: `the library has no \`${name.slice(0, 60)}\``,
    fix: suggestion === undefined ? "heptad library lists all" : `did you mean \`${suggestion}\`?`,
  });
}

function describePattern(
  { title, steps, sections, rules, questions, sources, designs = [] }: Pattern,
  works: readonly Work[],
): string[] {
  const cited = works.filter(({ id }) => sources.includes(id)).map((work) => `- ${citeWork(work)}`);
  return [
    `# ${title}`,
    `${steps.length === 1 ? "step" : "steps"} ${steps.join(", ")}`,
    ...PATTERN_SECTIONS.flatMap((heading) => [
      "",
      `## ${heading}`,
      "",
      sections[heading].replaceAll(/\s*\n\s*/gu, " "),
    ]),
    "",
    ...rules.map((rule) => `review    heptad explain ${rule}`),
    ...questions.map((question) => `practise  heptad practice ${question}`),
    ...designs.map((design) => `design    heptad new NAME --from ${design}`),
    "",
    ...cited,
  ];
}

function describeWork(work: Work, patterns: readonly Pattern[]): string[] {
  const citing = patterns.filter(({ sources }) => sources.includes(work.id)).map(({ name }) => name);
  return [
    citeWork(work),
    `good for: ${work["good-for"]}`,
    `steps ${work.steps.join(", ")}, level ${work.level} of 3, licence: ${work.licence}`,
    ...(citing.length === 0 ? [] : [`patterns: ${citing.join(", ")}`]),
  ];
}

function describeRoadmap({ title, for: reader, weeks }: Roadmap, { works }: Library): string[] {
  return [
    `# ${title}`,
    `for ${reader}`,
    ...weeks.flatMap((week, i) => [
      "",
      `${i + 1}. ${week.title}`,
      ...works.filter(({ id }) => week.read.includes(id)).map((work) => `  - read ${citeWork(work)}`),
      `  - patterns: ${week.patterns.join(", ")}`,
      ...week.steps.map((step) => `  - practise: heptad practice --step ${step}`),
      `  - do: ${week.do}`,
    ]),
  ];
}
