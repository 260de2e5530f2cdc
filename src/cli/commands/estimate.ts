/** `heptad estimate`: napkin mathematics with units, or every number of a design with its derivation. */

import { existsSync } from "node:fs";
import { digitsForWords } from "../../core/number-words.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { quantitiesIn } from "../../core/quantities-in-text.ts";
import { placeOf } from "../../design/place.ts";
import type { EstimateDefinition } from "../../estimate/define.ts";
import type { FilledSheet } from "../../estimate/sheet.ts";
import type { Design } from "../../steps/design.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith, onlyWith } from "../option-rules.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "estimate",
  summary: "size a design, or compute an expression with units",
  description:
    "A design is sized from its facts: traffic, storage, memory, training, replicas, latency, cost. What breaks comes first, then each answer on a line, then what is missing; --verbose shows every derivation and assumption. An expression such as `10 TB / 200 MB/s` is computed with its units; docs/estimates.md lists the formulas that it may call.",
  arguments: [{ name: "DESIGN|EXPRESSION", description: "a note, or an expression in quotes" }],
  options: [
    {
      name: "set",
      value: "KEY=VALUE",
      description: "what if: a fact of the note, or a variable of the expression",
      repeatable: true,
    },
    { name: "sweep", value: "KEY=A..B", description: "how the answers move while one number goes from A to B" },
    { name: "svg", value: "FILE", description: "write the sweep as a picture" },
    { name: "verbose", description: "of a design: every derivation, what was assumed, and what was not chosen" },
    { name: "json", description: "print the result as JSON, values in base units" },
  ],
  rules: [onlyWith(["svg"], "sweep"), notWith(["verbose"], "json", "sweep")],
  examples: [
    { line: 'heptad estimate "50M items * 128 dims * 4 bytes -> GB"', says: "the memory of a flat index" },
    { line: 'heptad estimate "little_law(rate: 1200/s, time: 85 ms)"', says: "a formula by its name" },
    { line: "heptad estimate ivf-pq-index", says: "what a formula takes, with an example" },
    { line: "heptad estimate designs/movie-recommendations.md", says: "every number of a design" },
    {
      line: "heptad estimate designs/movie-recommendations.md --set 1.users.daily=20M",
      says: "with ten times the users",
    },
    {
      line: "heptad estimate designs/movie-recommendations.md --sweep 1.items.count=10k..1bn --svg items.svg",
      says: "where indexes stop fitting",
    },
  ],
  exits: [EXITS.done, EXITS.found, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [subject] = input.arguments;
  const isFile = existsSync(subject) || /\.(?:md|markdown)$/iu.test(subject);
  return isFile ? estimateFile(subject, input, terminal) : estimateText(subject, input, terminal);
}

async function estimateText(expression: string, input: CommandInput, terminal: Terminal): Promise<number> {
  if (input.value("sweep") !== undefined) {
    throw new FailureError({
      code: "bad-option",
      message: "only a design can be swept",
      where: "--sweep",
      fix: "give a note",
    });
  }
  const { evaluateExpression } = await import("../../estimate/expression/program.ts");
  const { pointAt } = await import("../../estimate/expression/expression-error.ts");
  const { renderDerivation } = await import("../../estimate/expression/render-derivation.ts");
  const { ESTIMATE_FUNCTIONS } = await import("../../note/estimates.gen.ts");
  const named = ESTIMATE_FUNCTIONS.get(expression.trim().replaceAll("-", "_"));
  if (named !== undefined) {
    if (input.has("set"))
      throw new FailureError({
        code: "bad-option",
        message: `\`${expression.trim().slice(0, 60)}\` alone says what the formula is, and takes no numbers`,
        where: "--set",
        fix: `write it with its inputs: ${named.name.replaceAll("-", "_")}(${Object.keys(named.inputs)[0]}: …)`,
      });
    const { explainEstimate } = await import("../../estimate/explain.ts");
    terminal.out(input.has("json") ? JSON.stringify(definitionOf(named), null, 2) : explainEstimate(named));
    return EXITS.done.code;
  }
  const text = [...input.values("set").map((one) => assignment(one).join(" = ")), expression].join("\n");
  const outcome = evaluateExpression(text, { estimates: ESTIMATE_FUNCTIONS });
  if (!outcome.ok) {
    refuseWords(text, (one) => evaluateExpression(one, { estimates: ESTIMATE_FUNCTIONS }).ok);
    const { at } = outcome.failure;
    if (at !== undefined && !input.has("json")) terminal.note(pointAt(text, at));
    throw new FailureError(outcome.failure);
  }
  terminal.out(
    input.has("json")
      ? JSON.stringify({ lines: outcome.value }, null, 2)
      : renderDerivation(outcome.value, terminal.width),
  );
  return EXITS.done.code;
}

/** Numbers in words are asked for in digits, with the reading that is proposed: what was meant is for the writer to say. */
function refuseWords(text: string, isRead: (text: string) => boolean): void {
  const digits = digitsForWords(text)
    .replace(/^an? (?=\d)/u, "")
    .replace(/^one (?=\p{L})/iu, "1 ");
  if (digits === text) return;
  const found = isRead(digits) ? [digits] : quantitiesIn(text);
  throw new FailureError({
    code: "number-in-words",
    message: `a number is written in words: \`${text.slice(0, 80)}\``,
    fix:
      found.length === 0
        ? "write it in digits, such as `8 dollars` or `99.9%`, with its unit and nothing else"
        : `write it in digits: ${found.map((one) => `\`${one}\``).join(", ")}`,
  });
}

/** What a formula is, without what it compiles to. */
function definitionOf({ name, step, summary, inputs, formula, answer, checks, note, source }: EstimateDefinition) {
  return { name, step, summary, inputs, formula, answer, checks, note, source };
}

async function estimateFile(path: string, input: CommandInput, terminal: Terminal): Promise<number> {
  const { withFacts } = await import("../../note/with-fact.ts");
  const { estimateDesign, simulateDesign } = await import("../../note/estimate-design.ts");
  const { renderBriefEstimate, troublesOf } = await import("../render-estimate-brief.ts");
  const { createRandom } = await import("../../core/random.ts");
  const written = await readDesign(path, terminal, input.has("json"));
  if (written === undefined) return EXITS.failed.code;
  const design = unwrap(withFacts(written, input.values("set").map(assignment)));
  if (input.value("sweep") !== undefined) return sweepDesign(design, input, terminal);
  const estimate = estimateDesign(design);
  refuseImpossible(design, estimate.failed);
  const simulation = simulateDesign(design, estimate, createRandom(SEED));
  if (input.has("json")) terminal.out(JSON.stringify({ ...estimate, simulation }, null, 2));
  else if (!input.has("verbose")) {
    terminal.out(renderBriefEstimate(design, estimate, simulation, terminal));
  } else {
    const { renderEstimate } = await import("../render-estimate.ts");
    terminal.out(renderEstimate(design, estimate, simulation, terminal));
  }
  if (input.has("set") && !input.has("json")) {
    const { movedBySet } = await import("../moved-by-set.ts");
    terminal.out(terminal.fit(`\n${movedBySet(estimateDesign(written), estimate)}`));
  }
  return troublesOf(estimate, simulation).length > 0 ? EXITS.found.code : EXITS.done.code;
}

/** Any seed would do; a fixed one gives the same numbers each time. */
const SEED = 1;

async function sweepDesign(design: Design, input: CommandInput, terminal: Terminal): Promise<number> {
  const { sweepFact } = await import("../../note/sweep-fact.ts");
  const [key, range] = assignment(input.value("sweep") ?? "");
  const { sweep, as } = unwrap(sweepFact(design, key, range));
  const file = input.value("svg");
  if (file !== undefined) {
    const { drawSweep } = await import("../draw-sweep.ts");
    const { writeFileAtomically } = await import("../../node/atomic-write.ts");
    writeFileAtomically(file, drawSweep(sweep, key, as));
    terminal.note(`wrote ${file}`);
  }
  if (input.has("json")) terminal.out(JSON.stringify({ key, ...sweep }, null, 2));
  else {
    const { renderSweep } = await import("../render-sweep.ts");
    terminal.out(renderSweep(sweep, key, as, terminal));
    const { estimateDesign } = await import("../../note/estimate-design.ts");
    const others = estimateDesign(design).proposed.filter((one) => one.key !== key);
    if (others.length > 0)
      terminal.out(
        terminal.fit(`rests on facts that are proposed and not accepted: ${others.map(({ says }) => says).join(", ")}`),
      );
  }
  return EXITS.done.code;
}

/** The design, or undefined where its facts cannot be read: every error has been said, and nothing is computed. */
async function readDesign(path: string, terminal: Terminal, json: boolean): Promise<Design | undefined> {
  const { parseDesign } = await import("../../steps/design.ts");
  const { printFailure } = await import("../print-failure.ts");
  const { readTextFile } = await import("../../node/read-text-file.ts");
  if (!existsSync(path))
    throw new FailureError({
      code: "no-such-file",
      message: `there is no file ${path}`,
      where: path,
      fix: "give the path of a note, or an expression in quotes",
    });
  const text = readTextFile(path);
  const { design, findings } = parseDesign(text, path);
  const { refusePlainNote } = await import("../../note/plain-note.ts");
  refusePlainNote({ text, file: path }, design);
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length === 0) return design;
  for (const { code, message, at, fix } of errors) printFailure({ code, message, at, fix }, terminal, json);
  return undefined;
}

/** A fact that makes nonsense, such as no traffic at all, is an error at its place; too few servers is an answer. */
function refuseImpossible(design: Design, failed: readonly FilledSheet[]): void {
  const impossible = failed.find((sheet) => !sheet.failureIsVerdict);
  if (impossible?.failure === undefined) return;
  const { failure } = impossible;
  const { where = "" } = failure;
  const at = design.places.has(where) ? placeOf(design, where).value : undefined;
  throw new FailureError({
    ...failure,
    message: `${impossible.title}: ${failure.message.replace(/^[a-z0-9-]+: /u, "")}`,
    at,
  });
}

function assignment(text: string): readonly [key: string, value: string] {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw new FailureError({
    code: "bad-option",
    message: `\`${text.slice(0, 60)}\` is no KEY=VALUE`,
    where: "--set or --sweep",
    fix: "write it like `1.users.daily=20M`",
  });
}
