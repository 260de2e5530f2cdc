/** The library as a whole, and a check that all that it names is there. */

import type { Pattern } from "./pattern.ts";
import type { Roadmap } from "./roadmap.ts";
import type { Work } from "./work.ts";

export interface Library {
  readonly patterns: readonly Pattern[];
  readonly works: readonly Work[];
  readonly roadmaps: readonly Roadmap[];
}

/** What a library may refer to outside itself. */
export interface KnownNames {
  readonly rules: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  /** Names of the reference designs. */
  readonly designs: ReadonlySet<string>;
}

/** One sentence for each name that leads nowhere, each id given twice, and each work of no use to any pattern's step. */
export function checkLibrary({ patterns, works, roadmaps }: Library, known: KnownNames): readonly string[] {
  const ids = new Set(works.map(({ id }) => id));
  const names = new Set(patterns.map(({ name }) => name));
  const missing = (owner: string, kind: string, wanted: readonly string[], there: ReadonlySet<string>): string[] =>
    wanted
      .filter((name) => !there.has(name))
      .map((name) => `${owner} names the ${kind} \`${name}\`, which is not there`);
  return [
    ...works.flatMap(({ id }, i) =>
      works.findIndex((one) => one.id === id) < i ? [`the id \`${id}\` stands twice in the catalogue`] : [],
    ),
    ...patterns.flatMap(({ name, rules, questions, sources, designs = [] }) => [
      ...missing(name, "rule", rules, known.rules),
      ...missing(name, "question", questions, known.questions),
      ...missing(name, "work", sources, ids),
      ...missing(name, "design", designs, known.designs),
    ]),
    ...roadmaps.flatMap(({ name, weeks }) =>
      weeks.flatMap(({ read, patterns: wanted }) => [
        ...missing(`the roadmap ${name}`, "work", read, ids),
        ...missing(`the roadmap ${name}`, "pattern", wanted, names),
      ]),
    ),
  ];
}
