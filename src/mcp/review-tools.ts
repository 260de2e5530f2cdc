/** Tools about notes: review one, explain a rule, estimate a design or an expression. */

import { resolve } from "node:path";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { FailureError, unwrap } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import { evaluateExpression } from "../estimate/expression/program.ts";
import { mappingFindings } from "../node/mapping-findings.ts";
import { mayNameFiles } from "../node/may-name-files.ts";
import { projectPath } from "../node/project-path.ts";
import { readTextFile } from "../node/read-text-file.ts";
import { readReviewConfiguration, reviewOptionsFor } from "../node/review-configuration.ts";
import { estimateDesign, simulateDesign } from "../note/estimate-design.ts";
import { ESTIMATE_FUNCTIONS } from "../note/estimates.gen.ts";
import { reviewText } from "../note/review-text.ts";
import { RULES } from "../note/rules.gen.ts";
import { explainRule } from "../review/explain.ts";
import { explainNoteCode, NOTE_CODES } from "../review/note-codes.ts";
import { parseDesign } from "../steps/design.ts";
import { REFERENCES } from "../steps/references.ts";
import { type Tool, type ToolProject, tool } from "./tool.ts";

const path = z.string().max(4096).optional().describe("A note in the project, such as designs/feed.md");
const text = z.string().max(1_000_000).optional().describe("The text of a note, in place of a file");

export const checkTool: Tool = tool({
  name: "check",
  title: "Review a design",
  description:
    "Reviews a machine-learning system design (Markdown with facts under seven headings) and gives findings with place, reason and mend. " +
    "Call it after every change of a note. Nothing is written.",
  input: z.strictObject({ path, text }),
  readOnly: true,
  async run(given, project) {
    const { source, file } = noteOf(given, project);
    const configuration = readReviewConfiguration(project.root, RULES);
    const read = reviewText(source, file, reviewOptionsFor(configuration, file, project.root));
    if (read === undefined) {
      throw new FailureError({
        code: "not-a-design",
        message: "this holds neither the facts of a design nor the headings of one",
        where: file,
        fix: "begin with front matter (`heptad: 1`, `title`, `system`) and headings `## 1. …` to `## 7. …`",
      });
    }
    // As `heptad check` does: the mapping of a note is held against the files that it names.
    const ofFiles =
      given.path !== undefined && mayNameFiles(source) && read.review.fromProse !== true
        ? await mappingFindings(resolve(project.root, file), source)
        : undefined;
    const findings = [...read.review.findings, ...(ofFiles?.findings ?? [])];
    const waived = [...read.review.waived, ...(ofFiles?.waived ?? [])];
    const shown = findings.map(({ code, name, severity, message, at, why, fix }) => {
      return { code, name, severity, message, line: at.start.line, column: at.start.column, why, fix };
    });
    return { file, findings: shown, waived: waived.length };
  },
});

export const explainTool: Tool = tool({
  name: "explain",
  title: "Explain a rule",
  description: "Explains a finding's code or name: what it finds, why it matters, what to write instead, sources.",
  input: z.strictObject({ rule: z.string().max(100).describe("Such as HP306, or random-split-on-temporal-data") }),
  readOnly: true,
  async run({ rule: wanted }) {
    const isWanted = ({ code, name }: { readonly code: string; readonly name: string }): boolean =>
      code.toLowerCase() === wanted.toLowerCase() || name === wanted.toLowerCase();
    const form = NOTE_CODES.find(isWanted);
    if (form !== undefined) return explainNoteCode(form);
    const rule = RULES.find(isWanted);
    if (rule !== undefined) return explainRule(rule, REFERENCES);
    const names = [...NOTE_CODES, ...RULES].flatMap(({ code, name }) => [name, code]);
    const suggestion = nearest(wanted, names);
    throw new FailureError({
      code: "unknown-rule",
      message: `there is no rule \`${wanted}\``,
      fix: suggestion === undefined ? "call check: its findings carry the codes" : `did you mean \`${suggestion}\`?`,
    });
  },
});

export const estimateTool: Tool = tool({
  name: "estimate",
  title: "Estimate a design or an expression",
  description:
    "Computes with units: either every estimate that a design's facts allow (traffic, memory, replicas, latency, cost), or one expression " +
    "such as `50M items * 128 dims * 4 bytes -> GB`. Give exactly one of path, text and expression.",
  input: z.strictObject({ path, text, expression: z.string().max(4000).optional() }),
  readOnly: true,
  async run({ expression, ...note }, project) {
    if (expression !== undefined) {
      if (note.path !== undefined || note.text !== undefined) throw oneOf("path, text and expression");
      return { lines: unwrap(evaluateExpression(expression, { estimates: ESTIMATE_FUNCTIONS })) };
    }
    const { source, file } = noteOf(note, project, "path, text and expression");
    const { design, findings } = parseDesign(source, file);
    const error = findings.find(({ severity }) => severity === "error");
    if (design !== undefined && error !== undefined && reviewText(source, file)?.design === undefined) {
      throw new FailureError({
        code: "not-a-design",
        message: `${file} holds no facts of a design: it is a plain note`,
        where: file,
        fix: "heptad import makes a design note of it",
      });
    }
    if (design === undefined || error !== undefined) {
      const { name = "not-a-design", message = "the note cannot be read", at, fix } = error ?? {};
      throw new FailureError({ code: name, message, at, fix, where: file });
    }
    const estimate = estimateDesign(design);
    return { ...estimate, simulation: simulateDesign(design, estimate, createRandom(1)) };
  },
});

/** The note that is meant: a file of the project, or a text. */
function noteOf(
  given: { readonly path?: string; readonly text?: string },
  { root }: ToolProject,
  ways = "path and text",
): { readonly source: string; readonly file: string } {
  if ((given.path === undefined) === (given.text === undefined)) throw oneOf(ways);
  if (given.text !== undefined) return { source: given.text, file: "note.md" };
  const file = given.path ?? "";
  return { source: readTextFile(projectPath(root, file)), file };
}

function oneOf(names: string): FailureError {
  return new FailureError({
    code: "bad-argument",
    message: `give exactly one of ${names}`,
    fix: "a call is about one of them",
  });
}
