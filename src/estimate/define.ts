/** What an estimate is: a formula in lines with units, its inputs as people write them, and where it comes from. */

import type { StepNumber } from "../core/figure.ts";
import { type Failure, FailureError, type Outcome, unwrap } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import { QUANTITY_KINDS, type QuantityKind } from "../core/quantity-kind.ts";
import type { Dimension } from "../core/unit.ts";
import type { Bindings, Callable } from "./expression/callable.ts";
import { compileProgram, type Program } from "./expression/program.ts";

export interface EstimateInput {
  readonly kind: QuantityKind;
  /** What it is, in a few words. */
  readonly about: string;
  /** Taken when none is given; written as people write it. */
  readonly default?: string;
  /** For the documentation and the tests, where there is no default. */
  readonly example?: string;
  /** Holds several values, separated by commas. */
  readonly many?: true;
}

/** A condition on the inputs, and what is wrong when it does not hold. */
export interface EstimateCheck {
  readonly holds: string;
  readonly otherwise: string;
}

export interface EstimateDefinition {
  /** Kebab-case and the field's own term; in an expression `-` is written `_`. */
  readonly name: string;
  readonly step: StepNumber;
  /** What it answers, in one line. */
  readonly summary: string;
  readonly inputs: Readonly<Record<string, EstimateInput>>;
  /** Named lines in the expression language, each `name = formula -> unit  # words`. */
  readonly formula: string;
  /** The line that is the answer. */
  readonly answer: string;
  readonly checks?: readonly EstimateCheck[];
  /** When it does not hold, and which variant was chosen. */
  readonly note?: string;
  readonly source: string;
}

/** A compiled check. */
export interface Condition extends EstimateCheck {
  readonly program: Program;
}

/** A definition with its compiled lines, ready to run and to be called from expressions. */
export interface Estimate extends EstimateDefinition, Callable {
  /** Its name in an expression: `little_law`. */
  readonly callName: string;
  readonly program: Program;
  readonly conditions: readonly Condition[];
}

/** Makes an estimate. The lines are compiled at first use; a fault in them is a fault of ours and throws. */
export function defineEstimate(definition: EstimateDefinition): Estimate {
  let compiled: Compiled | undefined;
  const get = (): Compiled => {
    compiled ??= compile(definition);
    return compiled;
  };
  return {
    ...definition,
    callName: definition.name.replaceAll("-", "_"),
    get program() {
      return get().program;
    },
    get conditions() {
      return get().conditions;
    },
    get callInputs() {
      return get().inputs;
    },
    get outputs() {
      return get().program.outputs;
    },
    get longCalls() {
      return get().program.longCalls;
    },
    call(values, output) {
      const { inputs, program, conditions } = get();
      const bindings = { ...get().defaults, ...values };
      const complaint = firstComplaint(definition, inputs, conditions, bindings);
      if (complaint !== undefined) throw new FailureError(failureOf(complaint));
      return unwrap(program.evaluate(bindings, output));
    },
  };
}

/** What is wrong with the values of an estimate, and the input that it is about. */
export interface Complaint {
  readonly message: string;
  readonly input: string;
}

export function failureOf({ message, input }: Complaint): Failure {
  return { code: "impossible-input", message, where: input, fix: "change the values given" };
}

/** What is wrong with values in base units, or undefined when nothing is. */
export function complaintAbout(estimate: Estimate, bindings: Bindings): Complaint | undefined {
  return firstComplaint(estimate, estimate.callInputs, estimate.conditions, bindings);
}

interface Compiled {
  readonly program: Program;
  readonly conditions: readonly Condition[];
  readonly inputs: Callable["callInputs"];
  readonly defaults: Readonly<Record<string, number>>;
}

function compile(definition: EstimateDefinition): Compiled {
  const entries = Object.entries(definition.inputs).map(([name, { kind, many = false, default: written }]) => {
    const dimension: Dimension = QUANTITY_KINDS[kind].dimensions[0];
    const value = written === undefined ? undefined : unwrap(parseQuantity(written, kind)).value;
    return [name, { dimension, many, isGrowth: kind === "growth", default: value }] as const;
  });
  const variables = Object.fromEntries(entries);
  const trace = <T>(outcome: Outcome<T>): T => {
    if (outcome.ok) return outcome.value;
    throw new Error(`${definition.name}: ${outcome.failure.message} (${outcome.failure.fix})`);
  };
  return {
    program: trace(compileProgram(definition.formula, { variables })),
    conditions: (definition.checks ?? []).map(({ holds, otherwise }) => ({
      program: trace(compileProgram(holds, { variables })),
      holds,
      otherwise,
    })),
    inputs: new Map(entries),
    defaults: Object.fromEntries(
      entries.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}

function firstComplaint(
  definition: EstimateDefinition,
  inputs: Callable["callInputs"],
  conditions: Compiled["conditions"],
  bindings: Bindings,
): Complaint | undefined {
  for (const [name, { kind }] of Object.entries(definition.inputs)) {
    const description: { readonly words: string; readonly minimum?: number; readonly maximum?: number } =
      QUANTITY_KINDS[kind];
    const given = bindings[name];
    for (const value of typeof given === "number" ? [given] : (given ?? [])) {
      const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = description;
      if (value < minimum || value > maximum)
        return { message: `\`${name}\` is out of range: ${description.words} belongs there`, input: name };
    }
  }
  const usable = Object.fromEntries(Object.entries(bindings).filter(([name]) => inputs.has(name)));
  for (const { program, holds, otherwise } of conditions) {
    const truth = program.evaluate(usable);
    if (!truth.ok || truth.value !== 0) continue;
    const input = Object.keys(definition.inputs).find((name) => new RegExp(`\\b${name}\\b`, "u").test(holds)) ?? "";
    return { message: otherwise, input };
  }
  return undefined;
}
