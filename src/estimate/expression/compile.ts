/** Checks the units of a parsed expression once and turns it into a function that only does arithmetic. */

import { formatQuantity } from "../../core/format-quantity.ts";
import { combine, type Dimension, describeDimension, raise, sameDimension } from "../../core/unit.ts";
import { ExpressionError } from "./expression-error.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Argument, BinaryNode, CallNode, Node } from "./node.ts";

/** The values of a run: numbers by slot, and the lists that variables of many values hold. */
export interface Frame {
  readonly scalars: number[];
  readonly lists: (readonly number[])[];
}

/** Where a variable lives and what it is. */
export interface Slot {
  readonly index: number;
  readonly dimension: Dimension;
  /** Holds several values, given to functions of many arguments. */
  readonly many: boolean;
}

/** An estimate as the language sees it: named inputs in, named lines out. */
export interface Callable {
  readonly callInputs: ReadonlyMap<
    string,
    { readonly dimension: Dimension; readonly many: boolean; readonly default?: number | readonly number[] }
  >;
  readonly outputs: ReadonlyMap<string, Dimension>;
  /** The line that is meant when none is named. */
  readonly answer: string;
  /** How many long loops a call runs. */
  readonly longCalls: number;
  /** The value of one line. Throws an error with a message for people when the inputs are out of range. */
  call(values: Readonly<Record<string, number | readonly number[]>>, output: string): number;
}

export interface Checked {
  readonly dimension: Dimension;
  /** A bare 0 fits any unit. */
  readonly isZero?: boolean;
  readonly run: (frame: Frame) => number;
}

/** A program may call this many functions that loop over their argument: it bounds the time of a hostile one. */
const MAXIMUM_LONG_CALLS = 20;
const MAXIMUM_DIMENSION = 12;
const PURE: Dimension = {};

export class Compiler {
  readonly slots: Map<string, Slot>;
  private readonly estimates: ReadonlyMap<string, Callable>;
  longCalls = 0;

  constructor(slots: Map<string, Slot>, estimates: ReadonlyMap<string, Callable>) {
    this.slots = slots;
    this.estimates = estimates;
  }

  /** Throws an `ExpressionError` at the first place where units clash. */
  check(node: Node): Checked {
    switch (node.kind) {
      case "literal": {
        const { value, dimension } = node;
        return { dimension, isZero: value === 0 && sameDimension(dimension, PURE), run: () => value };
      }
      case "variable":
        return this.variable(node.name, node);
      case "negation": {
        const { dimension, run } = this.check(node.operand);
        return { dimension, run: (frame) => -run(frame) };
      }
      case "binary":
        return this.binary(node);
      case "call":
        return this.call(node);
      default:
        return node satisfies never;
    }
  }

  private variable(name: string, node: Node): Checked {
    const slot = this.slots.get(name);
    if (slot === undefined)
      throw new ExpressionError(
        "unknown-name",
        `\`${name}\` has no value here`,
        node.start,
        node.end,
        "give it one first",
      );
    if (slot.many) {
      throw new ExpressionError(
        "many-values",
        `\`${name}\` holds several values`,
        node.start,
        node.end,
        `name a function of them: \`sum(${name})\``,
      );
    }
    const { index, dimension } = slot;
    return { dimension, run: (frame) => frame.scalars[index] };
  }

  private binary(node: BinaryNode): Checked {
    if (node.operator === "^") return this.power(node);
    const left = this.check(node.left);
    const right = this.check(node.right);
    const a = left.run;
    const b = right.run;
    if (node.operator === "*")
      return { dimension: this.product(left, right, 1, node), run: (frame) => a(frame) * b(frame) };
    if (node.operator === "/") {
      const { start, end } = node.right;
      const run = (frame: Frame): number => {
        const divisor = b(frame);
        if (divisor === 0)
          throw new ExpressionError(
            "division-by-zero",
            "this is 0, and nothing can be divided by it",
            start,
            end,
            "use a value above 0",
          );
        return a(frame) / divisor;
      };
      return { dimension: this.product(left, right, -1, node), run };
    }
    const dimension = this.common(left, right, node);
    switch (node.operator) {
      case "+":
        return { dimension, run: (frame) => a(frame) + b(frame) };
      case "-":
        return { dimension, run: (frame) => a(frame) - b(frame) };
      case "<":
        return { dimension: PURE, run: (frame) => Number(a(frame) < b(frame)) };
      case "<=":
        return { dimension: PURE, run: (frame) => Number(a(frame) <= b(frame)) };
      case ">":
        return { dimension: PURE, run: (frame) => Number(a(frame) > b(frame)) };
      case ">=":
        return { dimension: PURE, run: (frame) => Number(a(frame) >= b(frame)) };
      case "==":
        return { dimension: PURE, run: (frame) => Number(a(frame) === b(frame)) };
      case "!=":
        return { dimension: PURE, run: (frame) => Number(a(frame) !== b(frame)) };
      default:
        return node.operator satisfies never;
    }
  }

  private product(left: Checked, right: Checked, sign: 1 | -1, node: Node): Dimension {
    const dimension = combine(left.dimension, right.dimension, sign);
    if (Object.values(dimension).every((exponent) => Math.abs(exponent) <= MAXIMUM_DIMENSION)) return dimension;
    throw new ExpressionError(
      "wrong-unit",
      "no quantity has a unit of so high a power",
      node.start,
      node.end,
      "check the units",
    );
  }

  /** The dimension both sides share; `3 GB + 2 s` is an error over both. */
  private common(left: Checked, right: Checked, node: BinaryNode): Dimension {
    if (right.isZero) return left.dimension;
    if (left.isZero || sameDimension(left.dimension, right.dimension)) return right.dimension;
    const [a, b] = [left, right].map((side) => describeDimension(side.dimension));
    const verb =
      node.operator === "+" ? "added to" : node.operator === "-" ? "subtracted from each other:" : "compared with";
    const message = node.operator === "-" ? `${b} cannot be taken from ${a}` : `${a} cannot be ${verb} ${b}`;
    throw new ExpressionError("wrong-unit", message, node.start, node.end, "bring both to one unit");
  }

  private power(node: BinaryNode): Checked {
    const base = this.check(node.left);
    const exponent = this.check(node.right);
    if (!sameDimension(exponent.dimension, PURE)) {
      throw new ExpressionError(
        "wrong-unit",
        `an exponent is a plain number, not ${describeDimension(exponent.dimension)}`,
        node.right.start,
        node.right.end,
        "divide by a unit first",
      );
    }
    const a = base.run;
    const b = exponent.run;
    const run = (frame: Frame): number => defined(a(frame) ** b(frame), node, "this power is not defined");
    if (sameDimension(base.dimension, PURE)) return { dimension: PURE, run };
    const constant = constantOf(node.right);
    const dimension =
      constant === undefined || Math.abs(constant) > MAXIMUM_DIMENSION ? undefined : raise(base.dimension, constant);
    if (dimension === undefined || Object.values(dimension).some((one) => Math.abs(one) > MAXIMUM_DIMENSION)) {
      throw new ExpressionError(
        "wrong-unit",
        `${describeDimension(base.dimension)} can only be raised to a small whole number`,
        node.start,
        node.end,
        "divide by a unit first",
      );
    }
    return { dimension, run };
  }

  private call(node: CallNode): Checked {
    const estimate = this.estimates.get(node.name);
    if (estimate !== undefined) return this.estimate(node, estimate);
    if (node.name === "if") return this.condition(node);
    const known = FUNCTIONS.get(node.name);
    if (known === undefined || node.field !== undefined) {
      throw new ExpressionError(
        "unknown-name",
        `\`${node.name}\` is no estimate with lines`,
        node.start,
        node.end,
        "remove what stands behind the dot",
      );
    }
    const spread = node.arguments.map((argument) => this.functionArgument(argument, known.arity[1] > 4));
    const [least, most] = known.arity;
    const hasMany = spread.some((one) => one.list !== undefined);
    if (!hasMany && (spread.length < least || spread.length > most)) {
      const wanted = least === most ? `${least}` : `${least} to ${most}`;
      throw new ExpressionError(
        "wrong-arguments",
        `\`${known.name}\` takes ${wanted} values, not ${spread.length}`,
        node.start,
        node.end,
        `write it like \`${known.example}\``,
      );
    }
    const dimension = known.result(withoutZeros(spread));
    if (typeof dimension === "string") {
      const given = spread.map((one) => describeDimension(one.dimension)).join(", ");
      throw new ExpressionError(
        "wrong-unit",
        `\`${known.name}\` ${dimension}; given: ${given}`,
        node.start,
        node.end,
        `write it like \`${known.example}\``,
      );
    }
    if (known.isLong) this.countLong(1, node);
    const run = (frame: Frame): number => {
      const values = spread.flatMap((one) => (one.list === undefined ? [one.run(frame)] : frame.lists[one.list]));
      const result = known.compute(values);
      if (Number.isFinite(result)) return result;
      const shown = values
        .slice(0, 4)
        .map((value, i) => formatQuantity(value, spread[Math.min(i, spread.length - 1)].dimension))
        .join(", ");
      throw new ExpressionError(
        "undefined-value",
        `\`${known.name}\` is not defined for ${shown}`,
        node.start,
        node.end,
        `it is ${known.about}, as in \`${known.example}\``,
      );
    };
    return { dimension, run };
  }

  private functionArgument({ name, value }: Argument, takesMany: boolean): Checked & { readonly list?: number } {
    if (name !== undefined) {
      throw new ExpressionError(
        "wrong-arguments",
        "a function takes its values in order, without names",
        value.start,
        value.end,
        `remove \`${name}:\``,
      );
    }
    const slot = value.kind === "variable" ? this.slots.get(value.name) : undefined;
    if (slot?.many && takesMany) return { dimension: slot.dimension, list: slot.index, run: () => Number.NaN };
    return this.check(value);
  }

  private condition(node: CallNode): Checked {
    if (node.arguments.length !== 3) {
      throw new ExpressionError(
        "wrong-arguments",
        "`if` takes a condition and two values",
        node.start,
        node.end,
        "write it like `if(a > b, a, b)`",
      );
    }
    const [test, yes, no] = node.arguments.map((argument) => this.functionArgument(argument, false));
    if (!sameDimension(test.dimension, PURE)) {
      throw new ExpressionError(
        "wrong-unit",
        "the condition has a unit",
        node.arguments[0].value.start,
        node.arguments[0].value.end,
        "compare it with something",
      );
    }
    const dimension = alikeOrThrow(yes, no, node);
    return { dimension, run: (frame) => (test.run(frame) === 0 ? no.run(frame) : yes.run(frame)) };
  }

  private estimate(node: CallNode, estimate: Callable): Checked {
    const output = node.field ?? estimate.answer;
    const dimension = estimate.outputs.get(output);
    if (dimension === undefined) {
      const lines = [...estimate.outputs.keys()].join(", ");
      throw new ExpressionError(
        "unknown-name",
        `\`${node.name}\` has no line \`${output}\``,
        node.start,
        node.end,
        `its lines are ${lines}`,
      );
    }
    const given = new Map<string, Checked & { readonly list?: number }>();
    for (const argument of node.arguments)
      given.set(argument.name ?? "", this.estimateArgument(argument, node, estimate));
    const missing = [...estimate.callInputs]
      .filter(([name, input]) => input.default === undefined && !given.has(name))
      .map(([name]) => name);
    if (missing.length > 0) {
      throw new ExpressionError(
        "wrong-arguments",
        `\`${node.name}\` also needs ${missing.join(", ")}`,
        node.start,
        node.end,
        `add \`${missing[0]}: …\``,
      );
    }
    this.countLong(estimate.longCalls, node);
    const run = (frame: Frame): number => {
      const values: Record<string, number | readonly number[]> = {};
      for (const [name, one] of given) values[name] = one.list === undefined ? one.run(frame) : frame.lists[one.list];
      try {
        return estimate.call(values, output);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new ExpressionError("undefined-value", message, node.start, node.end, "change the values given");
      }
    };
    return { dimension, run };
  }

  private estimateArgument(
    argument: Argument,
    node: CallNode,
    estimate: Callable,
  ): Checked & { readonly list?: number } {
    const { name, value } = argument;
    const input = estimate.callInputs.get(name ?? "");
    if (name === undefined || input === undefined) {
      const names = [...estimate.callInputs.keys()].join(", ");
      const message =
        name === undefined
          ? `the inputs of \`${node.name}\` are given by name`
          : `\`${node.name}\` has no input \`${name}\``;
      throw new ExpressionError("wrong-arguments", message, value.start, value.end, `its inputs are ${names}`);
    }
    const checked = this.functionArgument({ value }, input.many);
    if (checked.isZero || sameDimension(checked.dimension, input.dimension)) return checked;
    const [is, wanted] = [checked.dimension, input.dimension].map(describeDimension);
    throw new ExpressionError(
      "wrong-unit",
      `\`${name}\` of \`${node.name}\` is ${wanted}, not ${is}`,
      value.start,
      value.end,
      "change its unit",
    );
  }

  private countLong(calls: number, node: Node): void {
    this.longCalls += calls;
    if (this.longCalls <= MAXIMUM_LONG_CALLS) return;
    throw new ExpressionError(
      "too-long",
      `at most ${MAXIMUM_LONG_CALLS} functions that loop can be called`,
      node.start,
      node.end,
      "split it up",
    );
  }
}

function defined(value: number, node: Node, message: string): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError("undefined-value", message, node.start, node.end, "use smaller or positive values");
}

function alikeOrThrow(yes: Checked, no: Checked, node: Node): Dimension {
  if (no.isZero || sameDimension(yes.dimension, no.dimension)) return yes.dimension;
  if (yes.isZero) return no.dimension;
  const [a, b] = [yes, no].map((one) => describeDimension(one.dimension));
  throw new ExpressionError(
    "wrong-unit",
    `the two values of \`if\` differ: ${a} and ${b}`,
    node.start,
    node.end,
    "bring both to one unit",
  );
}

/** A bare 0 takes the unit of the others: `max(0, a - b)`. */
function withoutZeros(values: readonly Checked[]): readonly Dimension[] {
  const model = values.find((one) => !one.isZero);
  return values.map((one) => (one.isZero && model !== undefined ? model.dimension : one.dimension));
}

function constantOf(node: Node): number | undefined {
  if (node.kind === "literal") return node.value;
  if (node.kind !== "negation") return undefined;
  const value = constantOf(node.operand);
  return value === undefined ? undefined : -value;
}
