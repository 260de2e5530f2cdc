/** Gets a question ready to be asked: its values read, its formulas compiled and their units checked, once. */

import { nearest } from "../core/nearest.ts";
import { FailureError, fail, type Outcome, succeed, unwrap } from "../core/outcome.ts";
import { type Dimension, sameDimension } from "../core/unit.ts";
import type { Callable } from "../estimate/expression/callable.ts";
import { compileProgram, type Program, type VariableType } from "../estimate/expression/program.ts";
import { type Drawn, dimensionOf, type Parameter, readDrawn, readParameter } from "./parameter.ts";
import type { ChoiceQuestion, EstimateQuestion, Question } from "./question.ts";

/** What every kind is asked with. */
export interface PreparedValues {
  readonly parameters: readonly Parameter[];
  /** Rows of values that belong together; empty where there are none. */
  readonly cases: readonly ReadonlyMap<string, Drawn>[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** Whether two sittings can differ. */
  readonly varies: boolean;
}

export interface PreparedEstimate {
  readonly question: EstimateQuestion;
  readonly values: PreparedValues;
  readonly answer: Program;
  readonly mistakes: readonly Program[];
}

export interface PreparedChoice {
  readonly question: ChoiceQuestion;
  readonly values: PreparedValues;
  /** One per option: a fixed truth, or a comparison that yields 1 or 0. */
  readonly claims: readonly (boolean | Program)[];
}

export type PreparedQuestion =
  | PreparedEstimate
  | PreparedChoice
  | { readonly question: Exclude<Question, EstimateQuestion | ChoiceQuestion>; readonly values: PreparedValues };

/** What formulas may call besides the language's own functions. */
export interface PrepareOptions {
  readonly estimates?: ReadonlyMap<string, Callable>;
}

/** A failure names the question and the part: a unit clash, an unknown name, a range that cannot be read. */
export function prepareQuestion(question: Question, options: PrepareOptions = {}): Outcome<PreparedQuestion> {
  try {
    const values = readValues(question);
    if (question.kind === "estimate") return succeed(prepareEstimate(question, values, options));
    if (question.kind === "choose" || question.kind === "diagnose") {
      return succeed(prepareChoice(question, values, options));
    }
    return succeed({ question, values });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    return fail({ ...failure, where: failure.where ?? question.id });
  }
}

function prepareEstimate(
  question: EstimateQuestion,
  values: PreparedValues,
  options: PrepareOptions,
): PreparedEstimate {
  const answer = compile("answer", question.answer, values.dimensions, options);
  const named = new Map([...values.dimensions, ...answer.outputs]);
  const mistakes = question.mistakes.map((mistake, i) => {
    const program = compile(`mistakes[${i}]`, mistake.answer, named, options);
    if (sameDimension(program.dimension, answer.dimension)) return program;
    throw new FailureError({
      code: "unit-clash",
      message: `mistake ${i + 1} has another unit than the answer`,
      where: `${question.id}: mistakes[${i}]`,
      fix: "check the units of its formula",
    });
  });
  return { question, values, answer, mistakes };
}

function prepareChoice(question: ChoiceQuestion, values: PreparedValues, options: PrepareOptions): PreparedChoice {
  const claims = question.options.map(({ right }, i) =>
    typeof right === "boolean" ? right : compile(`options[${i}].right`, right, values.dimensions, options),
  );
  return { question, values, claims };
}

function compile(
  part: string,
  text: string,
  dimensions: ReadonlyMap<string, Dimension>,
  { estimates }: PrepareOptions,
): Program {
  const variables: Record<string, VariableType> = {};
  for (const [name, dimension] of dimensions) variables[name] = { dimension };
  const program = compileProgram(text, { variables, estimates });
  if (program.ok) return program.value;
  const { code, message, fix, at } = program.failure;
  const line = at === undefined ? "" : `, line ${at.start.line} column ${at.start.column}`;
  throw new FailureError({ code, message: `${message} (${part}${line})`, fix });
}

function readValues(question: Question): PreparedValues {
  const written = { ...question.facts, ...question.given };
  const parameters = Object.entries(written).map(([name, value]) => unwrap(readParameter(name, value)));
  const cases = (question.cases ?? []).map(
    (row) => new Map(Object.entries(row).map(([name, value]) => [name, readDrawn(String(value))])),
  );
  const dimensions = new Map<string, Dimension>();
  for (const { name, dimension } of parameters) if (dimension !== undefined) dimensions.set(name, dimension);
  for (const [name, value] of Object.entries(question.cases?.[0] ?? {})) {
    const dimension = dimensionOf(String(value));
    if (dimension !== undefined) dimensions.set(name, dimension);
  }
  checkCases(question, cases);
  checkPlaces(question, new Set([...Object.keys(written), ...Object.keys(question.cases?.[0] ?? {})]));
  return { parameters, cases, dimensions, varies: cases.length > 0 || parameters.some((one) => one.varies) };
}

function checkCases({ id, cases = [] }: Question, rows: readonly ReadonlyMap<string, Drawn>[]): void {
  const names = Object.keys(cases[0] ?? {})
    .sort()
    .join();
  const uneven = cases.findIndex((row, i) => {
    const sameNames = Object.keys(row).sort().join() === names;
    const sameUnits = Object.entries(row).every(([name, value]) => {
      const [first, own] = [dimensionOf(String(cases[0][name])), dimensionOf(String(value))];
      return first === undefined || own === undefined ? first === own : sameDimension(first, own);
    });
    return !(sameNames && sameUnits && rows[i].size > 0);
  });
  if (uneven < 0) return;
  const message = `case ${uneven + 1} has other names or units than case 1`;
  throw new FailureError({ code: "uneven-cases", message, where: id, fix: "give every case the same values" });
}

/** Every `{name}` in the texts must be a value of the question. */
function checkPlaces(question: Question, known: ReadonlySet<string>): void {
  const options = question.kind === "choose" || question.kind === "diagnose" ? question.options : [];
  const texts = [question.ask, ...options.flatMap((one) => [one.text, one.why])];
  for (const [, name] of texts.join("\n").matchAll(/\{(\w+)\}/gu)) {
    if (known.has(name)) continue;
    const suggestion = nearest(name, known);
    const fix = suggestion === undefined ? "add it under `given`" : `did you mean \`{${suggestion}}\`?`;
    throw new FailureError({
      code: "unknown-value",
      message: `no value is called \`${name}\``,
      where: question.id,
      fix,
    });
  }
}
