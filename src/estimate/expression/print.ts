/** Writes a parsed expression back as it is said: names or their values, `×` for products, only the parentheses it needs. */

import type { BinaryOperator, Node } from "./node.ts";

/** The text of a node. `name` turns a variable into what is printed for it: its name, or its value. */
export function printNode(node: Node, name: (variable: string) => string): string {
  return print(node, name, 0);
}

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  "<": 1,
  "<=": 1,
  ">": 1,
  ">=": 1,
  "==": 1,
  "!=": 1,
  "+": 2,
  "-": 2,
  "*": 3,
  "/": 3,
  "^": 5,
};
const NEGATION = 4;
/** `200 MB/s` below a line needs parentheses, in a product it does not. */
const COMPOUND = 3.5;

function print(node: Node, name: (variable: string) => string, outer: number): string {
  switch (node.kind) {
    case "literal":
      return atom(node.text, outer);
    case "variable":
      return atom(name(node.name), outer);
    case "negation":
      return wrap(`-${print(node.operand, name, NEGATION + 0.5)}`, NEGATION, outer);
    case "call": {
      const list = node.arguments.map(
        ({ name: key, value }) => (key === undefined ? "" : `${key}: `) + print(value, name, 0),
      );
      return `${node.name}(${list.join(", ")})${node.field === undefined ? "" : `.${node.field}`}`;
    }
    case "binary": {
      const own = PRECEDENCE[node.operator];
      const isTight = node.operator === "/" || node.operator === "-";
      const left = print(node.left, name, node.operator === "^" ? own + 0.5 : own);
      const right = print(node.right, name, isTight ? (own === 3 ? 3.9 : own + 0.5) : own);
      const sign = node.operator === "*" ? " × " : node.operator === "^" ? "^" : ` ${node.operator} `;
      return wrap(`${left}${sign}${right}`, own, outer);
    }
    default:
      return node satisfies never;
  }
}

function wrap(text: string, own: number, outer: number): string {
  return own < outer ? `(${text})` : text;
}

/** A value such as `$5k/month` or `-3` binds like an operator where it could be misread. */
function atom(text: string, outer: number): string {
  if (text.startsWith("-")) return outer > 0 ? `(${text})` : text;
  if (/\/|\bper\b/u.test(text)) return wrap(text, COMPOUND, outer);
  return outer > 5 && /[ %]/u.test(text) ? `(${text})` : text;
}
