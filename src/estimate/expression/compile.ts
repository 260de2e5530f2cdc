/** Checks the units of a parsed expression once and turns it into a function that only does arithmetic. */

import { combine, type Dimension, describeDimension, raise, sameDimension } from "../../core/unit.ts";
import type { Callable } from "./callable.ts";
import type { Checked, Frame, Slot } from "./checked.ts";
import { checkCall } from "./compile-call.ts";
import { refuse } from "./expression-error.ts";
import type { BinaryNode, Node } from "./node.ts";
import { printNode } from "./print.ts";

/** A program may call this many functions that loop over their argument: it bounds the time of a hostile one. */
const MAXIMUM_LONG_CALLS = 20;
const MAXIMUM_DIMENSION = 12;
const PURE: Dimension = {};

export class Compiler {
  readonly slots: Map<string, Slot>;
  readonly estimates: ReadonlyMap<string, Callable>;
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
        return checkCall(node, this);
      default:
        return node satisfies never;
    }
  }

  private variable(name: string, node: Node): Checked {
    const slot = this.slots.get(name);
    if (slot === undefined) return refuse(node, "unknown-name", `\`${name}\` has no value here`, "give it one first");
    if (slot.many) {
      return refuse(
        node,
        "many-values",
        `\`${name}\` holds several values`,
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
    const energy = node.operator === "*" ? energyOfOperations(node, left, right) : undefined;
    if (energy !== undefined) return energy;
    if (node.operator === "*")
      return { dimension: this.product(left, right, 1, node), run: (frame) => a(frame) * b(frame) };
    if (node.operator === "/") {
      const run = (frame: Frame): number => {
        const divisor = b(frame);
        if (divisor === 0)
          refuse(node.right, "division-by-zero", "this is 0, and nothing can be divided by it", "use a value above 0");
        return a(frame) / divisor;
      };
      return { dimension: this.product(left, right, -1, node), run };
    }
    const isShareAdded =
      (node.operator === "+" || node.operator === "-") && isPercent(node.left) !== isPercent(node.right);
    const other = isPercent(node.left) ? right : left;
    if (isShareAdded && !sameDimension(other.dimension, PURE)) askOfWhat(node);
    const dimension = this.common(left, right, node);
    // `1 + 20%` is a factor; beside any larger number, 20% of it may be meant.
    const checked = (one: number, two: number): void => {
      if (isShareAdded && Math.abs(isPercent(node.left) ? two : one) > 1) askOfWhat(node);
    };
    switch (node.operator) {
      case "+":
        return {
          dimension,
          run: (frame) => {
            const [one, two] = [a(frame), b(frame)];
            checked(one, two);
            return one + two;
          },
        };
      case "-":
        return {
          dimension,
          run: (frame) => {
            const [one, two] = [a(frame), b(frame)];
            checked(one, two);
            return one - two;
          },
        };
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
    return refuse(node, "wrong-unit", "no quantity has a unit of so high a power", "check the units");
  }

  /** The dimension both sides share; `3 GB + 2 s` is an error over both. */
  private common(left: Checked, right: Checked, node: BinaryNode): Dimension {
    if (right.isZero) return left.dimension;
    if (left.isZero || sameDimension(left.dimension, right.dimension)) return right.dimension;
    const [a, b] = [left, right].map((side) => describeDimension(side.dimension));
    const verb =
      node.operator === "+" ? "added to" : node.operator === "-" ? "subtracted from each other:" : "compared with";
    const message = node.operator === "-" ? `${b} cannot be taken from ${a}` : `${a} cannot be ${verb} ${b}`;
    return refuse(node, "wrong-unit", message, "bring both to one unit");
  }

  private power(node: BinaryNode): Checked {
    const base = this.check(node.left);
    const exponent = this.check(node.right);
    if (!sameDimension(exponent.dimension, PURE)) {
      return refuse(
        node.right,
        "wrong-unit",
        `an exponent is a plain number, not ${describeDimension(exponent.dimension)}`,
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
      return refuse(
        node,
        "wrong-unit",
        `${describeDimension(base.dimension)} can only be raised to a small whole number`,
        "divide by a unit first",
      );
    }
    return { dimension, run };
  }

  /** Counts functions that loop, and refuses the one too many. */
  countLong(calls: number, node: Node): void {
    this.longCalls += calls;
    if (this.longCalls <= MAXIMUM_LONG_CALLS) return;
    refuse(node, "too-long", `at most ${MAXIMUM_LONG_CALLS} functions that loop can be called`, "split it up");
  }
}

/** `10M MACs * 0.1 pJ` is said of an energy for each MAC, which is no energy for each FLOP. */
function energyOfOperations({ left, right }: BinaryNode, a: Checked, b: Checked): Checked | undefined {
  for (const [node, other] of [
    [left, b],
    [right, a],
  ] as const) {
    if (node.kind !== "literal" || node.operations === undefined) continue;
    if (!sameDimension(other.dimension, { joule: 1 })) continue;
    const { operations } = node;
    return { dimension: other.dimension, run: (frame) => operations * other.run(frame) };
  }
  return undefined;
}

function isPercent(node: Node): boolean {
  return node.kind === "literal" && node.percent === true;
}

/** A percentage is of something: added to a number it is either the bare hundredths or a part of that number. */
function askOfWhat(node: BinaryNode): never {
  const [share, whole] = isPercent(node.left) ? [node.left, node.right] : [node.right, node.left];
  const [percent, other] = [share, whole].map((one) => printNode(one, (name) => name));
  return refuse(
    node,
    "two-readings",
    `${percent} of what?`,
    `write \`${other} ${node.operator} ${percent} of ${whole.kind === "binary" ? `(${other})` : other}\`, or the share as a decimal`,
  );
}

function defined(value: number, node: Node, message: string): number {
  if (Number.isFinite(value)) return value;
  return refuse(node, "undefined-value", message, "use smaller or positive values");
}

function constantOf(node: Node): number | undefined {
  if (node.kind === "literal") return node.value;
  if (node.kind !== "negation") return undefined;
  const value = constantOf(node.operand);
  return value === undefined ? undefined : -value;
}
