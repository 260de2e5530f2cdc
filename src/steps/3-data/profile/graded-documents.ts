/** A look at graded documents in LibSVM lines, and the note that is drafted from it. */

import { fileName } from "../../../core/file-name.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { type GradedRows, readGradedRows } from "../sources/graded-rows.ts";
import { expandPaths } from "../sources/source-paths.ts";
import type { SourceEnvironment } from "../sources/table-types.ts";
import type { DraftOptions } from "./draft-options.ts";
import { MARKS } from "./drafted-marks.ts";
import { meanText } from "./mean-text.ts";
import { quoted } from "./note-words.ts";
import { holdsGradedRows } from "./refused-texts.ts";

type Files = Pick<SourceEnvironment, "files">;

export interface GradedLook {
  /** Files in the order given, without the sizes of queries beside them. */
  readonly files: readonly {
    readonly path: string;
    readonly part: string;
    readonly rows: number;
    readonly queries: number;
  }[];
  readonly features: number;
  /** How many documents have each grade, lowest first. */
  readonly grades: readonly (readonly [grade: number, count: number])[];
}

/** The look where all files hold graded rows; undefined where one does not. Throws a `FailureError` for rows that cannot be read. */
export async function lookAtGraded(environment: Files, written: readonly string[]): Promise<GradedLook | undefined> {
  const all: string[] = [];
  for (const path of written) {
    const names = await environment.files.list(path);
    if (names === undefined) all.push(...(await expandPaths(environment.files, path)));
    else
      all.push(
        ...names.filter((name) => !name.startsWith(".")).map((name) => `${path.replace(/[/\\]+$/u, "")}/${name}`),
      );
  }
  const paths = all.filter((path) => !(path.endsWith(".query") && all.includes(path.slice(0, -".query".length))));
  const read: { readonly path: string; readonly rows: GradedRows }[] = [];
  for (const path of paths) if (!(await isGraded(environment, path))) return undefined;
  for (const path of paths) read.push({ path, rows: await readGradedRows(environment, path) });
  if (read.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const { rows } of read) for (const grade of rows.grades) counts.set(grade, (counts.get(grade) ?? 0) + 1);
  return {
    files: read.map(({ path, rows }) => ({
      path,
      part: partOf(path),
      rows: rows.grades.length,
      queries: rows.queryCount,
    })),
    features: new Set(read.flatMap(({ rows }) => [...rows.features.keys()])).size,
    grades: [...counts].sort(([one], [other]) => one - other),
  };
}

async function isGraded({ files }: Files, path: string): Promise<boolean> {
  if (!(await files.exists(path)) || (await files.list(path)) !== undefined) return false;
  try {
    for await (const piece of files.text(path)) return holdsGradedRows(piece.slice(0, 1 << 16));
  } catch {
    // Another encoding, or an archive, is said by whoever opens the file as a table.
  }
  return false;
}

function partOf(path: string): string {
  const name = fileName(path).toLowerCase();
  if (/vali|dev/u.test(name)) return "validation";
  if (/train/u.test(name)) return "train";
  return /test/u.test(name) ? "test" : "";
}

/** Whether the files' names part them: then no query is dealt anew. */
function areParted({ files }: GradedLook): boolean {
  const parts = files.map(({ part }) => part);
  return parts.includes("train") && parts.includes("test") && parts.every((part) => part !== "");
}

/** What only a person knows of graded documents. */
export function gradedQuestions(look: GradedLook): readonly string[] {
  return [
    `What do the grades mean (${look.grades.map(([grade, count]) => `${grade}: ${formatNumber(count)}`).join(", ")}), and who gave them? A document counts by 2 to its grade less 1, and grade 0 as nothing.`,
    "Which of the features are known when the query is asked? What is counted from later clicks gives the grade away.",
    "What ranks these documents today? The baseline here is the best single feature.",
    "What should get better, by how much, and what is there today that it has to beat?",
  ];
}

/** The note. */
export function draftGraded(look: GradedLook, { title, date, relative }: DraftOptions): string {
  const { files, features } = look;
  const count = (of: "rows" | "queries"): number => files.reduce((sum, one) => sum + one[of], 0);
  const isParted = areParted(look);
  const paths = (part: string): string => {
    const own = files.filter((one) => part === "" || one.part === part).map(({ path }) => quoted(relative(path)));
    return own.length === 1 ? own[0] : `[${own.join(", ")}]`;
  };
  const parts = ["train", "validation", "test"].filter((part) => files.some((one) => one.part === part));
  const path = isParted ? `{ ${parts.map((part) => `${part}: ${paths(part)}`).join(", ")} }` : paths("");
  const split = !isParted
    ? "split: { by: group, validation: 15%, test: 20% }   # proposed: queries are dealt whole"
    : parts.includes("validation")
      ? "split: { by: given }   # measured: by the files' names"
      : "split: { by: given, validation: 20% }   # measured: by the files' names; validation is dealt from the training queries";
  return `---
heptad: 1
title: ${quoted(title)}
system: document-ranking
date: ${date}
---

# ${title}

Drafted from ${files.map((one) => fileName(one.path)).join(", ")}: lines of LibSVM, graded documents of queries. Facts are marked
${MARKS}

What the data cannot answer:

${gradedQuestions(look)
  .map((question, at) => `${at + 1}. ${question}`)
  .join("\n")}

## 1. Clarify requirements and goals

\`\`\`yaml
# goal: what should get better, and for whom   # asked
labels: { count: ${count("rows")} }   # measured: documents of ${count("queries")} queries
\`\`\`

## 2. Frame the ML problem

\`\`\`yaml
task: ranking   # proposed
metrics: { offline: [ndcg@10, ndcg@5, map@10] }   # proposed
\`\`\`

## 3. Data engineering and feature pipeline

\`\`\`yaml
source: { format: libsvm, path: ${path} }   # measured: ${features} features
time: none   # measured: the format has none
entities: [{ key: query, rows: ${meanText(count("rows") / Math.max(1, count("queries")))} }]   # measured
${split}
\`\`\`

## 4. Model selection and architecture

\`\`\`yaml
stages:   # proposed
  - { name: ranking, model: gbdt, objective: lambdarank, trees: 200, leaves: 16, minimum-rows: 30 }
\`\`\`

## 5. Training, offline evaluation and optimization

\`\`\`yaml
seed: 7   # proposed
\`\`\`
`;
}
