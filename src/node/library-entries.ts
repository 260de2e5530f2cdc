/** Everything that `heptad search` looks through: library, rules, formulas, questions, problems. */

import type { Entry } from "../library/search.ts";
import { ESTIMATES } from "../note/estimates.gen.ts";
import { RULES } from "../note/rules.gen.ts";
import { readLibrary } from "./library-files.ts";
import { ownNotes } from "./own-notes.ts";
import { problemNames, readProblem } from "./problem-files.ts";
import { readBank } from "./question-files.ts";

/** The notes of the notebook that a folder lies in. */
export function noteEntries(folder: string): readonly Entry[] {
  return ownNotes(folder).map(({ path, title, text }) => ({ kind: "design", name: path, title, steps: [], text }));
}

export async function libraryEntries(): Promise<readonly Entry[]> {
  const { patterns, works } = readLibrary();
  const { questions } = await readBank();
  return [
    ...patterns.map(({ name, title, steps, sections }) => ({
      kind: "pattern" as const,
      name,
      title,
      steps,
      text: Object.values(sections).join("\n"),
    })),
    ...RULES.map(({ code, name, step, summary, why, fix }) => ({
      kind: "rule" as const,
      name,
      title: `${code} ${summary}`,
      steps: [step],
      text: `${why}\n${fix}`,
    })),
    ...ESTIMATES.map(({ name, step, summary }) => ({
      kind: "estimate" as const,
      name,
      title: summary,
      steps: [step],
      text: "",
    })),
    ...questions.map(({ id, step, title, area, ask }) => ({
      kind: "question" as const,
      name: id,
      title,
      steps: [step],
      text: `${area}\n${ask}`,
    })),
    ...problemNames().map((name) => {
      const { title, prompt } = readProblem(name);
      return { kind: "problem" as const, name, title, steps: [], text: prompt };
    }),
    ...works.map((work) => ({
      kind: "work" as const,
      name: work.id,
      title: work.title,
      steps: work.steps,
      text: `${work.authors} ${work.year} ${work.kind} ${work["good-for"]}`,
    })),
  ];
}
