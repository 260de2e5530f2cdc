/** The derivation of an estimate as mathematics: each line with its names, then with its values, then its result. */

import type { BinaryOperator, Node } from "../estimate/expression/node.ts";
import { parseProgram } from "../estimate/expression/parse.ts";
import type { DerivationLine } from "../estimate/expression/program.ts";

/** LaTeX, a line for each step of the derivation. A text that is no expression is set as words. */
export function derivationTex({ name, formula, substituted, text }: DerivationLine): string[] {
  const names = texOf(formula, true);
  const values = texOf(substituted, false);
  const steps = names === values ? [names] : [names, values];
  const result = words(text);
  const all = steps.at(-1) === result ? steps : [...steps, result];
  const [first, ...rest] = all;
  return [`${name === undefined ? "" : `${variable(name)} = `}${first}`, ...rest.map((step) => `= ${step}`)];
}

function texOf(expression: string, hasNames: boolean): string {
  const node = parse(expression, hasNames);
  return node === undefined ? words(expression) : tex(node, 0);
}

/** With names, `s` is a variable; among values it is a second. */
function parse(expression: string, hasNames: boolean): Node | undefined {
  const isCalled = (at: number): boolean => /^\s*\(/u.test(expression.slice(at));
  const names = [...expression.matchAll(/(?<![\w.])[a-z_][a-z_0-9]*/giu)];
  const variables = new Set(
    hasNames ? names.filter((one) => !isCalled(one.index + one[0].length)).map(([name]) => name) : [],
  );
  const estimates = new Set(names.filter((one) => isCalled(one.index + one[0].length)).map(([name]) => name));
  try {
    const [statement, ...more] = parseProgram(expression, { variables, estimates });
    return more.length === 0 && statement.name === undefined && statement.unit === undefined
      ? statement.node
      : undefined;
  } catch {
    return undefined;
  }
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
  "/": 6,
  "^": 5,
};
const SIGNS: Readonly<Record<BinaryOperator, string>> = {
  "<": "<",
  "<=": "\\le",
  ">": ">",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
  "+": "+",
  "-": "-",
  "*": "\\times",
  "/": "",
  "^": "^",
};

function tex(node: Node, outer: number): string {
  switch (node.kind) {
    case "literal":
      return outer > 6 && /[ /%]/u.test(node.text) ? `\\left(${words(node.text)}\\right)` : words(node.text);
    case "variable":
      return variable(node.name);
    case "negation":
      return outer > 2 ? `\\left(-${tex(node.operand, 4)}\\right)` : `-${tex(node.operand, 4)}`;
    case "call": {
      const list = node.arguments.map(
        ({ name, value }) => `${name === undefined ? "" : `${words(`${name}: `)}`}${tex(value, 0)}`,
      );
      const called =
        node.name === "sqrt" && list.length === 1
          ? `\\sqrt{${list[0]}}`
          : `${variable(node.name)}\\left(${list.join(",\\; ")}\\right)`;
      return node.field === undefined ? called : `${called}.${variable(node.field)}`;
    }
    case "binary": {
      // A fraction's line holds its parts together: they need no parentheses, and neither does an exponent.
      if (node.operator === "/") {
        const fraction = `\\frac{${tex(node.left, 0)}}{${tex(node.right, 0)}}`;
        return outer > 6 ? `\\left(${fraction}\\right)` : fraction;
      }
      const own = PRECEDENCE[node.operator];
      const left = tex(node.left, node.operator === "^" ? 7 : own);
      if (node.operator === "^") return `{${left}}^{${tex(node.right, 0)}}`;
      const right = tex(node.right, node.operator === "-" ? own + 0.5 : own);
      const whole = `${left} ${SIGNS[node.operator]} ${right}`;
      return own < outer ? `\\left(${whole}\\right)` : whole;
    }
    default:
      return node satisfies never;
  }
}

function variable(name: string): string {
  return /^[a-z]$/iu.test(name) ? name : words(name.replaceAll("_", " "));
}

/** A power of ten as it is written by hand: `2e-9%` is how a program types it. */
function words(text: string): string {
  const [, before, power, after] = /^(.*?\d)e([+-]?\d+)(?![\p{L}\d])(.*)$/u.exec(text) ?? [];
  if (before === undefined) return `\\text{${escapeTex(text)}}`;
  const unit = after === "" ? "" : `\\text{${escapeTex(after)}}`;
  return `\\text{${escapeTex(before)}} \\times 10^{${Number(power)}}${unit}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash ",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "%": "\\%",
  "#": "\\#",
  "&": "\\&",
  _: "\\_",
  "^": "\\^{}",
  "~": "\\~{}",
};

function escapeTex(text: string): string {
  return text.replaceAll(/[\\{}$%#&_^~]/gu, (one) => ESCAPES[one] ?? one);
}
