/** Checks calls: of functions, of `if`, and of estimates with their inputs by name. */

import { formatQuantity } from "../../core/format-quantity.ts";
import { FailureError } from "../../core/outcome.ts";
import { parseQuantity } from "../../core/quantity.ts";
import { type Dimension, describeDimension, sameDimension } from "../../core/unit.ts";
import type { Callable } from "./callable.ts";
import type { Checked, Frame, Slot } from "./checked.ts";
import { refuse } from "./expression-error.ts";
import { type ExpressionFunction, FUNCTIONS } from "./functions.ts";
import type { Argument, CallNode, LiteralNode, Node } from "./node.ts";

/** What a call needs of the compiler it is part of. */
export interface CallContext {
  readonly slots: ReadonlyMap<string, Slot>;
  readonly estimates: ReadonlyMap<string, Callable>;
  check(node: Node): Checked;
  countLong(calls: number, node: Node): void;
}

export function checkCall(node: CallNode, context: CallContext): Checked {
  const estimate = context.estimates.get(node.name);
  if (estimate !== undefined) return checkEstimate(node, estimate, context);
  if (node.field !== undefined) {
    refuse(node, "unknown-name", `\`${node.name}\` is no estimate with lines`, "remove what stands behind the dot");
  }
  if (node.name === "if") return checkCondition(node, context);
  const known = FUNCTIONS.get(node.name);
  if (known === undefined) return refuse(node, "unknown-name", `\`${node.name}\` is no function`, "use another name");
  return checkFunction(node, known, context);
}

/** A checked argument, or the list that a variable of many values holds. */
type CheckedArgument = Checked & { readonly list?: number };

const PURE: Dimension = {};
/** Functions of more arguments than this take lists too. */
const FEW = 4;

function checkFunction(node: CallNode, known: ExpressionFunction, context: CallContext): Checked {
  const [least, most] = known.arity;
  const given = node.arguments.map((argument) => checkArgument(argument, most > FEW, context));
  const example = `write it like \`${known.example}\``;
  if (!given.some((one) => one.list !== undefined) && (given.length < least || given.length > most)) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    refuse(node, "wrong-arguments", `\`${known.name}\` takes ${wanted} values, not ${given.length}`, example);
  }
  const dimension = known.result(withoutZeros(given));
  if (typeof dimension === "string") {
    const units = given.map((one) => describeDimension(one.dimension)).join(", ");
    return refuse(node, "wrong-unit", `\`${known.name}\` ${dimension}; given: ${units}`, example);
  }
  if (known.isLong) context.countLong(1, node);
  const run = (frame: Frame): number => {
    const values = given.flatMap((one) => (one.list === undefined ? [one.run(frame)] : frame.lists[one.list]));
    const result = known.compute(values);
    if (Number.isFinite(result)) return result;
    const write = (value: number, i: number): string =>
      formatQuantity(value, given[Math.min(i, given.length - 1)].dimension);
    const message = `\`${known.name}\` is not defined for ${values.slice(0, FEW).map(write).join(", ")}`;
    return refuse(node, "undefined-value", message, `it is ${known.about}, as in \`${known.example}\``);
  };
  return { dimension, run };
}

function checkArgument({ name, value }: Argument, takesMany: boolean, context: CallContext): CheckedArgument {
  if (name !== undefined) {
    refuse(value, "wrong-arguments", "a function takes its values in order, without names", `remove \`${name}:\``);
  }
  const slot = value.kind === "variable" ? context.slots.get(value.name) : undefined;
  if (slot?.many && takesMany) return { dimension: slot.dimension, list: slot.index, run: () => Number.NaN };
  return context.check(value);
}

/** A bare 0 takes the unit of the others: `max(0, a - b)`. */
function withoutZeros(values: readonly Checked[]): readonly Dimension[] {
  const model = values.find((one) => !one.isZero);
  return values.map((one) => (one.isZero && model !== undefined ? model.dimension : one.dimension));
}

function checkCondition(node: CallNode, context: CallContext): Checked {
  if (node.arguments.length !== 3) {
    refuse(node, "wrong-arguments", "`if` takes a condition and two values", "write it like `if(a > b, a, b)`");
  }
  const [test, yes, no] = node.arguments.map((argument) => checkArgument(argument, false, context));
  if (!sameDimension(test.dimension, PURE)) {
    refuse(node.arguments[0].value, "wrong-unit", "the condition has a unit", "compare it with something");
  }
  const run = (frame: Frame): number => (test.run(frame) === 0 ? no.run(frame) : yes.run(frame));
  if (no.isZero || sameDimension(yes.dimension, no.dimension)) return { dimension: yes.dimension, run };
  if (yes.isZero) return { dimension: no.dimension, run };
  const [a, b] = [yes, no].map((one) => describeDimension(one.dimension));
  return refuse(node, "wrong-unit", `the two values of \`if\` differ: ${a} and ${b}`, "bring both to one unit");
}

function checkEstimate(node: CallNode, estimate: Callable, context: CallContext): Checked {
  const output = node.field ?? estimate.answer;
  const dimension = estimate.outputs.get(output);
  if (dimension === undefined) {
    const lines = [...estimate.outputs.keys()].join(", ");
    return refuse(node, "unknown-name", `\`${node.name}\` has no line \`${output}\``, `its lines are ${lines}`);
  }
  const given = node.arguments.map((argument) => checkInput(argument, node, estimate, context));
  const missing = [...estimate.callInputs].find(
    ([name, input]) => input.default === undefined && !given.some((one) => one.name === name),
  );
  if (missing !== undefined) {
    refuse(node, "wrong-arguments", `\`${node.name}\` also needs ${missing[0]}`, `add \`${missing[0]}: …\``);
  }
  context.countLong(estimate.longCalls, node);
  const run = (frame: Frame): number => {
    const values = given.map(({ name, list, run: value }) => [
      name,
      list === undefined ? value(frame) : frame.lists[list],
    ]);
    try {
      return estimate.call(Object.fromEntries(values), output);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return refuse(node, "undefined-value", `\`${node.name}\`: ${error.message}`, "change the values given");
    }
  };
  return { dimension, run };
}

function checkInput(
  { name, value }: Argument,
  node: CallNode,
  { callInputs }: Callable,
  context: CallContext,
): CheckedArgument & { readonly name: string } {
  const names = `its inputs are ${[...callInputs.keys()].join(", ")}`;
  if (name === undefined) {
    return refuse(value, "wrong-arguments", `the inputs of \`${node.name}\` are given by name`, names);
  }
  const input = callInputs.get(name);
  if (input === undefined) return refuse(value, "wrong-arguments", `\`${node.name}\` has no input \`${name}\``, names);
  const checked = input.isGrowth ? checkGrowth(value, context) : checkArgument({ value }, input.many, context);
  if (checked.isZero || sameDimension(checked.dimension, input.dimension)) return { ...checked, name };
  const [is, wanted] = [checked.dimension, input.dimension].map(describeDimension);
  return refuse(value, "wrong-unit", `\`${name}\` of \`${node.name}\` is ${wanted}, not ${is}`, "change its unit");
}

/** A growth as a note states it. One that is computed has no period to compound by, so a share of it per month or day is refused. */
function checkGrowth(node: Node, context: CallContext): Checked {
  const checked = context.check(node);
  const [literal, sign] = node.kind === "negation" ? [node.operand, "-"] : [node, ""];
  if (literal.kind === "literal") {
    const read = parseQuantity(`${sign}${literal.text}`, "growth");
    if (!read.ok)
      return refuse(node, read.failure.code, read.failure.message, read.failure.fix ?? "write it as `20%/year`");
    const { value, dimension } = read.value;
    return { ...checked, dimension, run: () => value };
  }
  const period = sharesIn(node).find(({ text }) => !/\/\s*(?:y|yr|year|years|a)$/u.test(text));
  if (period === undefined) return checked;
  return refuse(
    period,
    "two-readings",
    `a growth of \`${period.text}\` compounds, and what it is computed with here does not say how`,
    "give the growth as one number, such as `10%/month`, or in shares per year",
  );
}

function sharesIn(node: Node): readonly LiteralNode[] {
  switch (node.kind) {
    case "literal":
      return node.percent === true ? [node] : [];
    case "variable":
      return [];
    case "negation":
      return sharesIn(node.operand);
    case "binary":
      return [...sharesIn(node.left), ...sharesIn(node.right)];
    case "call":
      return node.arguments.flatMap(({ value }) => sharesIn(value));
  }
}
