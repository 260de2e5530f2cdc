/** Napkin mathematics as a library: compile once, evaluate many times with other values, and say each line aloud. */

import { formatInUnit, formatQuantity } from "../../core/format-quantity.ts";
import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { type Dimension, describeDimension, sameDimension } from "../../core/unit.ts";
import type { Bindings, Callable } from "./callable.ts";
import type { Checked, Frame, Slot } from "./checked.ts";
import { Compiler } from "./compile.ts";
import { ExpressionError, toFailure } from "./expression-error.ts";
import type { Node, TargetUnit } from "./node.ts";
import { parseProgram } from "./parse.ts";
import { printNode } from "./print.ts";

export interface VariableType {
  readonly dimension: Dimension;
  /** Holds several values, for functions of many arguments such as `sum`. */
  readonly many?: boolean;
}

export interface CompileOptions {
  /** The variables that every run will give, by name. */
  readonly variables?: Readonly<Record<string, VariableType>>;
  /** Estimates that may be called: `little_law(rate: 400/s, time: 85 ms)`. */
  readonly estimates?: ReadonlyMap<string, Callable>;
}

/** One line of a derivation: `name = formula = substituted = text`. */
export interface DerivationLine {
  readonly name?: string;
  /** With names: `rows × dim × bytes`. */
  readonly formula: string;
  /** With values: `200M × 64 × 4 B`. */
  readonly substituted: string;
  readonly value: number;
  readonly dimension: Dimension;
  /** The value as people write it, in the unit asked for: `51.2 GB`. */
  readonly text: string;
  /** The comment behind the line. */
  readonly says?: string;
}

export interface Program {
  /** Of the last line, which is the answer. */
  readonly dimension: Dimension;
  /** The unit the answer is asked for in. */
  readonly unit?: { readonly text: string; readonly factor: number };
  /** The dimension of each named line. */
  readonly outputs: ReadonlyMap<string, Dimension>;
  /** How many functions that loop it calls. */
  readonly longCalls: number;
  /** The value of the last line, or of the named one (the lines after it are not run). */
  evaluate(bindings?: Bindings, line?: string): Outcome<number>;
  /** All lines with their values. `texts` says how a variable was written; else it is formatted. */
  derive(bindings?: Bindings, texts?: Readonly<Record<string, string>>): Outcome<readonly DerivationLine[]>;
}

/** Compiles a text of one or more lines. Errors carry line and column and say what to write. */
export function compileProgram(text: string, options: CompileOptions = {}): Outcome<Program> {
  try {
    return succeed(compile(text, options));
  } catch (error) {
    return fail(toFailure(error, text));
  }
}

/** Compiles and derives a text that needs no values from outside: `50M items * 128 dims * 4 bytes -> GB`. */
export function evaluateExpression(text: string, options: CompileOptions = {}): Outcome<readonly DerivationLine[]> {
  const program = compileProgram(text, options);
  return program.ok ? program.value.derive() : program;
}

interface Line {
  readonly name?: string;
  readonly node: Node;
  readonly unit?: TargetUnit;
  readonly says?: string;
  readonly slot: number;
  readonly checked: Checked;
}

function compile(text: string, { variables = {}, estimates = new Map() }: CompileOptions): Program {
  const slots = new Map<string, Slot>();
  let scalars = 0;
  let lists = 0;
  for (const [name, { dimension, many = false }] of Object.entries(variables)) {
    slots.set(name, { index: many ? lists++ : scalars++, dimension, many });
  }
  const statements = parseProgram(text, { variables: new Set(slots.keys()), estimates: new Set(estimates.keys()) });
  const compiler = new Compiler(slots, estimates);
  const lines = statements.map(({ name, node, unit, says }): Line => {
    const checked = compiler.check(node);
    if (unit !== undefined) checkUnit(checked, unit, node);
    else if (name === undefined) refuseStrange(node, checked.dimension);
    const slot = scalars++;
    const dimension = checked.isZero && unit !== undefined ? unit.dimension : checked.dimension;
    if (name !== undefined) slots.set(name, { index: slot, dimension, many: false });
    return { name, node, unit, says, slot, checked: { ...checked, dimension } };
  });
  const last = lines[lines.length - 1];
  return {
    dimension: last.checked.dimension,
    unit: last.unit,
    outputs: new Map(
      lines.flatMap(({ name, checked }) => (name === undefined ? [] : [[name, checked.dimension] as const])),
    ),
    longCalls: compiler.longCalls,
    evaluate: (bindings = {}, name = undefined) =>
      guard(text, () => run(lines, startFrame(variables, slots, bindings), name)),
    derive: (bindings = {}, texts = {}) => guard(text, () => derive(lines, variables, slots, bindings, texts)),
  };
}

function checkUnit({ dimension, isZero }: Checked, unit: TargetUnit, node: Node): void {
  if (isZero || sameDimension(dimension, unit.dimension)) return;
  const isBare = sameDimension(dimension, {}) && sameDimension(unit.dimension, { byte: 1 });
  const fix =
    (dimension.byte ?? 0) > 1
      ? BYTES_TWICE
      : isBare
        ? "say how many bytes each is: `* 4 bytes`, or `* 1 byte`"
        : "check the units of its parts";
  const message = `this is ${describeDimension(dimension)}, which cannot be written in \`${unit.text}\` (${describeDimension(unit.dimension)})`;
  throw new ExpressionError("wrong-unit", message, node.start, unit.end, fix);
}

const BYTES_TWICE = "after a bare number `B` is bytes: write `bn` for a billion";

/** Units that no quantity has say that something was read otherwise than it was meant. */
function refuseStrange(node: Node, dimension: Dimension): void {
  const { byte = 0, flop = 0, joule = 0 } = dimension;
  const isOperations = flop > 0 && joule > 0;
  if (byte <= 1 && !isOperations) return;
  const message = `this is ${describeDimension(dimension)}, a unit that no quantity has`;
  const fix = isOperations ? "write the energy of one operation as `0.1 pJ/MAC` or `0.1 pJ/FLOP`" : BYTES_TWICE;
  throw new ExpressionError("wrong-unit", message, node.start, node.end, fix);
}

function guard<T>(text: string, work: () => T): Outcome<T> {
  try {
    return succeed(work());
  } catch (error) {
    return fail(toFailure(error, text));
  }
}

function startFrame(
  variables: Readonly<Record<string, VariableType>>,
  slots: ReadonlyMap<string, Slot>,
  bindings: Bindings,
): Frame {
  const frame: Frame = { scalars: [], lists: [] };
  for (const name of Object.keys(variables)) {
    const value = bindings[name];
    const slot = slots.get(name);
    if (slot === undefined) continue;
    if (typeof value === "number" && Number.isFinite(value) && !slot.many) frame.scalars[slot.index] = value;
    else if (typeof value === "object" && slot.many && value.length > 0) frame.lists[slot.index] = value;
    else
      throw new ExpressionError(
        "missing-value",
        `\`${name}\` has no value`,
        0,
        1,
        `give \`${name}\` a finite ${slot.many ? "list" : "number"}`,
      );
  }
  return frame;
}

function run(lines: readonly Line[], frame: Frame, name: string | undefined): number {
  let value = Number.NaN;
  for (const line of lines) {
    value = runLine(line, frame);
    if (name !== undefined && line.name === name) return value;
  }
  if (name === undefined) return value;
  throw new ExpressionError("unknown-name", `there is no line \`${name}\``, 0, 1, "name one of the lines");
}

/** Beyond this a change of units overflows. */
const MOST = 1e290;

function runLine({ checked, node, slot }: Line, frame: Frame): number {
  const value = checked.run(frame);
  // What is finite per second may not be per month.
  if (!(Math.abs(value) <= MOST))
    throw new ExpressionError(
      "overflow",
      "the result is too large to be a number",
      node.start,
      node.end,
      "use smaller values",
    );
  frame.scalars[slot] = value;
  return value;
}

function derive(
  lines: readonly Line[],
  variables: Readonly<Record<string, VariableType>>,
  slots: ReadonlyMap<string, Slot>,
  bindings: Bindings,
  texts: Readonly<Record<string, string>>,
): DerivationLine[] {
  const frame = startFrame(variables, slots, bindings);
  const written = new Map<string, string>();
  for (const [name, { dimension }] of Object.entries(variables)) {
    const value = bindings[name];
    const format = (one: number): string => formatQuantity(one, dimension, { digits: 4 });
    written.set(name, texts[name] ?? (typeof value === "number" ? format(value) : value.map(format).join(", ")));
  }
  return lines.map((line) => {
    const value = runLine(line, frame);
    const { name, node, unit, says } = line;
    const { dimension } = line.checked;
    const text =
      unit === undefined
        ? formatQuantity(value, dimension, { digits: 4 })
        : formatInUnit(value, unit.text, unit.factor);
    const formula = printNode(node, (variable) => variable);
    const substituted = printNode(node, (variable) => written.get(variable) ?? variable);
    // A value that was written out is shown as it was written.
    if (name !== undefined) written.set(name, node.kind === "literal" && unit === undefined ? node.text : text);
    return { name, formula, substituted, value, dimension, text, says };
  });
}
