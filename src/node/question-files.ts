/** Reads the bank: one YAML file a question, in the `questions/` folder of its step. */

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import type { Span } from "../core/span.ts";
import { readFacts } from "../design/facts.ts";
import { QUESTION_SCHEMAS, type Question, type QuestionKind } from "../practice/question.ts";

/** A bank as read: the questions that are whole, and what is wrong with the others. */
export interface BankRead {
  readonly questions: readonly Question[];
  readonly findings: readonly Finding[];
}

/** The bank that is part of Heptad, wherever it is installed: the source folder beside the built one. */
const BANK_FOLDER = fileURLToPath(
  new URL(import.meta.url.includes("/dist/src/") ? "../../../src/steps" : "../steps", import.meta.url),
);

const STEPS: readonly StepNumber[] = [1, 2, 3, 4, 5, 6, 7];

/** Reads every question under `folder`, sorted by step and name. */
export async function readBank(folder: string = BANK_FOLDER): Promise<BankRead> {
  const names = await readdir(folder);
  const paths: { readonly step: StepNumber; readonly path: string }[] = [];
  for (const step of STEPS) {
    const name = names.find((one) => one.startsWith(`${step}-`));
    if (name === undefined) continue;
    const inner = join(folder, name, "questions");
    const files = await readdir(inner).catch(() => []);
    for (const file of files.sort()) if (file.endsWith(".yaml")) paths.push({ step, path: join(inner, file) });
  }
  const texts = await Promise.all(paths.map(({ path }) => readFile(path, "utf8")));
  const read = texts.map((text, i) => readQuestion(text, paths[i].path, paths[i].step));
  return { questions: read.flatMap((one) => one.questions), findings: read.flatMap((one) => one.findings) };
}

/** One file. An error points at its line and column. */
function readQuestion(text: string, file: string, step: StepNumber): BankRead {
  const spanAt = (start: number, end: number): Span => ({
    file,
    start: positionAt(text, start),
    end: positionAt(text, end),
  });
  const block = { source: text, offset: 0, span: spanAt(0, text.length) };
  const kind = kindOf(text);
  const schema = QUESTION_SCHEMAS[kind ?? "estimate"];
  const { facts, findings } = readFacts(block, schema, spanAt);
  const unknown: Finding = {
    code: "HP012",
    name: "wrong-value",
    severity: "error",
    message: "the kind of the question is missing or unknown",
    at: spanAt(0, 0),
    fix: `write \`kind:\` with one of ${Object.keys(QUESTION_SCHEMAS).join(", ")}`,
  };
  if (kind === undefined) return { questions: [], findings: [unknown] };
  if (facts === undefined || findings.length > 0) return { questions: [], findings };
  return { questions: [{ ...facts, id: basename(file, ".yaml"), step }], findings: [] };
}

function kindOf(text: string): QuestionKind | undefined {
  const written = /^kind:\s*(\w+)/mu.exec(text)?.[1];
  const kinds: readonly QuestionKind[] = [
    "estimate",
    "diagnose",
    "choose",
    "order",
    "fill",
    "critique",
    "explain",
    "design",
  ];
  return kinds.find((one) => one === written);
}

function positionAt(text: string, offset: number): Span["start"] {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1, offset };
}
