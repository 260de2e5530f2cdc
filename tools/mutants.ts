/** Small changes of a source file, found on its syntax tree: a bound, a sign, a number, a negated condition, swapped arguments, a dropped statement. */

import { parseAst } from "rolldown/parseAst";

export interface Mutant {
  /** Where the change begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every change that is tried, in the order of the text. Types, imports and texts are left alone. Throws where the file cannot be read. */
export function mutantsOf(source: string, file = "file.ts"): Mutant[] {
  const found: Mutant[] = [];
  visit(parseAst(source, { lang: "ts" }, file), source, found);
  return found.filter(({ start, end, text }) => source.slice(start, end) !== text).sort((a, b) => a.start - b.start);
}

export function applyMutant(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value && "end" in value;
}

/** Nodes of types that hold an expression; all others whose name begins alike are types alone. */
const TYPED = new Set(["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"]);

function visit(value: unknown, source: string, found: Mutant[]): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, source, found);
    return;
  }
  if (!isNode(value) || value.type === "ImportDeclaration") return;
  if (value.type.startsWith("TS") && !TYPED.has(value.type)) return;
  found.push(...changesOf(value, source));
  for (const inner of Object.values(value)) visit(inner, source, found);
}

const OPERATORS: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "&&": "||",
  "||": "&&",
  "+=": "-=",
  "-=": "+=",
};

function changesOf(node: Node, source: string): Mutant[] {
  const textOf = (one: Node): string => source.slice(one.start, one.end);
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression":
      return otherOperator(node, source);
    case "UnaryExpression":
      if ((node.operator !== "-" && node.operator !== "!") || !isNode(node.argument)) return [];
      return [{ start: node.start, end: node.end, text: ` ${textOf(node.argument)}` }];
    case "Literal":
      if (typeof node.value === "number") return otherNumber(node, node.value);
      if (typeof node.value === "boolean") return [{ start: node.start, end: node.end, text: String(!node.value) }];
      return [];
    case "IfStatement":
    case "ConditionalExpression":
      if (!isNode(node.test)) return [];
      return [{ start: node.test.start, end: node.test.end, text: `!(${textOf(node.test)})` }];
    case "ExpressionStatement":
      return [{ start: node.start, end: node.end, text: ";" }];
    case "CallExpression":
      return isSymmetric(node.callee, textOf) ? [] : swappedArguments(node, textOf);
    default:
      return [];
  }
}

function otherOperator({ left, right, operator }: Node, source: string): Mutant[] {
  if (!isNode(left) || !isNode(right) || typeof operator !== "string") return [];
  const other = OPERATORS[operator];
  if (other === undefined || (operator === "+" && (isText(left) || isText(right)))) return [];
  const start = source.indexOf(operator, left.end);
  return start === -1 || start >= right.start ? [] : [{ start, end: start + operator.length, text: other }];
}

function isText({ type, value }: Node): boolean {
  return type === "TemplateLiteral" || typeof value === "string";
}

/** Of a number too large to hold one more, one more is the same number: no test could notice. */
function otherNumber({ start, end }: Node, value: number): Mutant[] {
  return value + 1 === value ? [] : [{ start, end, text: String(value + 1) }];
}

/** Functions whose arguments may stand in any order: no test could notice that they were swapped. */
const SYMMETRIC = new Set(["Math.max", "Math.min", "Math.hypot"]);

function isSymmetric(callee: unknown, textOf: (node: Node) => string): boolean {
  return isNode(callee) && SYMMETRIC.has(textOf(callee));
}

function swappedArguments({ arguments: given }: Node, textOf: (node: Node) => string): Mutant[] {
  if (!Array.isArray(given) || given.length < 2) return [];
  const [one, two]: unknown[] = given;
  if (!isNode(one) || !isNode(two) || one.type === "SpreadElement" || two.type === "SpreadElement") return [];
  return [{ start: one.start, end: two.end, text: `${textOf(two)}, ${textOf(one)}` }];
}
