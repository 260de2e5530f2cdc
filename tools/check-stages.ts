/** Checks that what a stage runs is a function of its module: a closure could know more of a design than the plan that is hashed. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

type Node = Readonly<Record<string, unknown>>;

/**
 * One sentence for each `run: …` in an object of the file that is neither the name of a function declared or imported at the top of the
 * module, nor the `run` of another object, which is held to the same where it is written.
 */
export function findClosures(file: string, text: string): string[] {
  const program = parseAst(text, { lang: "ts" });
  const top = new Set(program.body.flatMap((statement) => declaredNames(statement)));
  const problems: string[] = [];
  walk(program, [], (node, functions) => {
    if (node.type !== "ObjectExpression") return;
    const written = nodesOf(node.properties).find(({ key }) => nameOf(key) === "run");
    if (written === undefined || !isNode(written.value)) return;
    const reason = refusal(written.value, top, functions);
    if (reason === undefined) return;
    const line = text.slice(0, Number(written.start)).split("\n").length;
    problems.push(
      `${file}:${line} runs ${reason}; give \`run\` a function of the module, and put what it knows into \`plan\``,
    );
  });
  return problems;
}

function refusal(value: Node, top: ReadonlySet<string>, functions: readonly Node[]): string | undefined {
  if (value.type === "MemberExpression" && isNode(value.property) && nameOf(value.property) === "run") return undefined;
  const name = nameOf(value);
  if (name === undefined) return "what is written in place";
  const isHidden = functions.some((one) => localNames(one).has(name));
  return top.has(name) && !isHidden ? undefined : `\`${name}\`, which is no function of this module`;
}

/** Names that a top-level statement gives to functions, or brings in from another module. */
function declaredNames(statement: unknown): string[] {
  if (!isNode(statement)) return [];
  switch (statement.type) {
    case "ExportNamedDeclaration":
      return declaredNames(statement.declaration);
    case "FunctionDeclaration":
      return [nameOf(statement.id)].filter((name) => name !== undefined);
    case "ImportDeclaration":
      return nodesOf(statement.specifiers).flatMap(({ local }) => nameOf(local) ?? []);
    default:
      return [];
  }
}

/** Names that a function gives to its parameters and variables. */
function localNames(of: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const addPattern = (pattern: unknown): void =>
    walk(pattern, [], (node) => {
      const name = nameOf(node);
      if (name !== undefined) names.add(name);
    });
  nodesOf(of.params).forEach(addPattern);
  walk(of.body, [], (node) => {
    if (node.type === "VariableDeclarator") addPattern(node.id);
    if (node.type === "FunctionDeclaration") addPattern(node.id);
  });
  return names;
}

function walk(
  node: unknown,
  functions: readonly Node[],
  visit: (node: Node, functions: readonly Node[]) => void,
): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, functions, visit);
    return;
  }
  if (!isNode(node)) return;
  visit(node, functions);
  const inside = /Function/u.test(String(node.type)) ? [...functions, node] : functions;
  for (const [key, child] of Object.entries(node)) if (key !== "typeAnnotation") walk(child, inside, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === "Identifier" ? String(node.name) : undefined;
}

/** The files in which stages are made: whoever writes what one runs has to know its context or its result. */
export function stageFiles(): string[] {
  return ["src/steps", "src/kinds"]
    .flatMap(sourceFiles)
    .filter((file) => /system\/stage\.ts"/u.test(readFileSync(file, "utf8")))
    .map((file) => relative(".", file).split(sep).join("/"));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = stageFiles().flatMap((file) => findClosures(file, readFileSync(file, "utf8")));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(problems.length === 0 ? 0 : 1);
}
