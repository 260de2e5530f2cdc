/** Runs one estimate on values as people write them, and gives every line of its derivation. */

import { formatQuantity } from "../core/format-quantity.ts";
import { nearest } from "../core/nearest.ts";
import { type Failure, fail, type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import { complaintAbout, type Estimate, type EstimateInput, failureOf } from "./define.ts";
import type { DerivationLine } from "./expression/program.ts";

/** A value as written (`"40 GB"`), in base units, or several of them. */
export type InputValue = string | number | readonly (string | number)[];

export interface EstimateResult {
  /** Every line's value in base units, by name. */
  readonly values: Readonly<Record<string, number>>;
  /** The derivation, to be said aloud. */
  readonly lines: readonly DerivationLine[];
  /** The line that answers the question. */
  readonly answer: DerivationLine;
}

/**
 * Runs an estimate. Texts are read as the input's kind (`"85 ms"`), numbers are in base units; inputs that are not given
 * take their defaults; `written` says how a number was written. A missing, unknown or impossible input is a failure that names it.
 */
export function runEstimate(
  estimate: Estimate,
  given: Readonly<Record<string, InputValue>>,
  written: Readonly<Record<string, string>> = {},
): Outcome<EstimateResult> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(estimate.inputs, name));
  if (unknown !== undefined) return fail(unknownInput(estimate, unknown));
  const bindings: Record<string, number | readonly number[]> = {};
  const texts: Record<string, string> = {};
  for (const [name, input] of Object.entries(estimate.inputs)) {
    const value = given[name] ?? input.default;
    if (value === undefined) return fail(missingInput(estimate, name, input));
    const read = readInput(name, input, value);
    if (!read.ok) return read;
    bindings[name] = read.value.value;
    texts[name] = written[name] ?? read.value.text;
  }
  const complaint = complaintAbout(estimate, bindings);
  if (complaint !== undefined) {
    return fail({ ...failureOf(complaint), message: `${estimate.name}: ${complaint.message}` });
  }
  const derived = estimate.program.derive(bindings, texts);
  if (!derived.ok)
    return fail({ ...derived.failure, message: `${estimate.name}: ${derived.failure.message}`, where: estimate.name });
  const lines = derived.value;
  const answer = lines.find((line) => line.name === estimate.answer) ?? lines[lines.length - 1];
  const values = Object.fromEntries(lines.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value]])));
  return succeed({ values, lines, answer });
}

interface ReadInput {
  readonly value: number | readonly number[];
  readonly text: string;
}

function readInput(name: string, input: EstimateInput, value: InputValue): Outcome<ReadInput> {
  if (typeof value === "object") return readMany(name, input, value);
  if (input.many) return readMany(name, input, typeof value === "string" ? value.split(",") : [value]);
  if (typeof value === "number") {
    const isUsable = Number.isFinite(value);
    if (!isUsable)
      return fail({
        code: "not-a-number",
        message: `\`${name}\` is not a finite number`,
        where: name,
        fix: "give one",
      });
    return succeed({ value, text: formatQuantity(value, input.kind, { digits: 4 }) });
  }
  const parsed = parseQuantity(value, input.kind);
  return parsed.ok
    ? succeed({ value: parsed.value.value, text: parsed.value.text })
    : fail({ ...parsed.failure, where: name });
}

function readMany(name: string, input: EstimateInput, values: readonly (string | number)[]): Outcome<ReadInput> {
  const read: ReadInput[] = [];
  for (const value of values) {
    const one = readInput(name, { ...input, many: undefined }, value);
    if (!one.ok) return one;
    read.push(one.value);
  }
  const numbers = read.flatMap((one) => one.value);
  if (numbers.length === 0) return fail(missing(name, "give at least one value"));
  return succeed({ value: numbers, text: read.map((one) => one.text).join(", ") });
}

function missing(name: string, fix: string): Failure {
  return { code: "missing-input", message: `\`${name}\` has no value`, where: name, fix };
}

function missingInput(estimate: Estimate, name: string, input: EstimateInput): Failure {
  return missing(name, `${estimate.name} needs ${input.about}: \`${name}: ${input.example ?? "…"}\``);
}

function unknownInput(estimate: Estimate, name: string): Failure {
  const names = Object.keys(estimate.inputs);
  const suggestion = nearest(name, names);
  return {
    code: "unknown-input",
    message: `${estimate.name} has no input \`${name.slice(0, 60)}\``,
    where: name,
    fix: suggestion === undefined ? `its inputs are ${names.join(", ")}` : `did you mean \`${suggestion}\`?`,
  };
}
