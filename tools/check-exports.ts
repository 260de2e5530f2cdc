/** Checks that what a file exports is reached: by another file of the program, by the door, or by its own code and a test; and that servers use the door's names. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

/** A file by its path from the root. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Exports that only tests reach, on purpose. */
const FOR_TESTS: ReadonlyMap<string, string> = new Map([
  ["src/library/library.ts#checkLibrary", "holds what is written in library/ to its form; tests are what runs it"],
  ["src/practice/ear/pattern.ts#unknownConcepts", "holds rubrics to concepts that exist; tests are what runs it"],
  ["src/core/gamma-function.ts#logChoose", "the gamma function is held to counts that are known exactly through it"],
  [
    "src/studio/export/answer-here.ts#askWorker",
    "stands in for another file in the exported studio (tools/build-studio.mjs)",
  ],
  ["src/practice/sample-question.ts#sampleQuestion", "a question for tests"],
  ["src/node/book-compiler.ts#hasBookCompiler", "tests of the PDF ask it whether the optional package is there"],
  [
    "src/node/compiled-script.ts#loadCompiled",
    "bundled apart and called by the program's first line (tools/bundle.mjs)",
  ],
]);

/** Exports of `src` that are at the door: what they are used for is not ours to know. */
const DOORS = ["src/index.ts", "src/node/index.ts"];

/**
 * One sentence for each function, constant or class that a file of `src` exports and that nothing but a test reaches. Types are left
 * alone: they stand in signatures. What a test reaches and the file itself uses is exported for that test.
 */
export function findUnreached(sources: readonly SourceText[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const parsed = sources.map(({ path, text }) => ({ path, text, tree: treeOf(path, text) }));
  const reached = new Map<string, Set<string>>();
  for (const { path, tree } of parsed) {
    walk(tree, (node) => {
      for (const [target, name] of importsOf(node, path, paths)) {
        const key = `${target}#${name}`;
        reached.set(key, (reached.get(key) ?? new Set()).add(path));
      }
    });
  }
  return parsed
    .filter(({ path }) => path.startsWith("src/") && !isTest(path) && !DOORS.includes(path) && !path.includes(".gen."))
    .flatMap(({ path, tree }) =>
      exportedNames(tree).flatMap((name) => {
        const by = [...(reached.get(`${path}#${name}`) ?? []), ...(reached.get(`${path}#*`) ?? [])];
        if (by.some((one) => !isTest(one)) || FOR_TESTS.has(`${path}#${name}`)) return [];
        const isOwn = mentions(tree, name) > 1;
        if (by.length === 0)
          return [
            isOwn
              ? `${path} exports \`${name}\`, which no other file imports: take \`export\` away`
              : `${path} exports \`${name}\`, which nothing uses: take it out`,
          ];
        return isOwn
          ? []
          : [`${path} exports \`${name}\`, which only a test reaches: use it, export it at the door, or take it out`];
      }),
    );
}

const PURE = /^src\/(?:core|design|review|estimate|practice|system|steps|kinds|report|note|library|kernels)\//u;
/** Edges whose every use of the pure zones is public: docs/decisions/door.md says why not the command line's. */
const AT_DOOR = /^src\/(?:lsp|mcp)\//u;

/** One sentence for each name that the language server or the agent's server takes from a pure zone, and that the door does not give. */
export function findBehindDoor(sources: readonly SourceText[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const importsIn = (path: string, text: string): string[] => {
    const found: string[] = [];
    walk(treeOf(path, text), (node) => {
      for (const [target, name] of importsOf(node, path, paths)) found.push(`${target}#${name}`);
    });
    return found;
  };
  const door = new Set(
    sources.filter(({ path }) => DOORS.includes(path)).flatMap(({ path, text }) => importsIn(path, text)),
  );
  return sources
    .filter(({ path }) => AT_DOOR.test(path) && !isTest(path))
    .flatMap(({ path, text }) =>
      importsIn(path, text)
        .filter((key) => PURE.test(key) && !key.endsWith("#*") && !door.has(key))
        .map((key) => {
          const [file, name] = key.split("#");
          return `${path} uses \`${name}\` of ${file}, which is not at the door: export it in src/index.ts`;
        }),
    );
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/u.test(path) || path.startsWith("test/");
}

function treeOf(path: string, text: string): Node {
  const tree: unknown = parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" }, path);
  if (!isNode(tree)) throw new Error(`${path} cannot be read`);
  return tree;
}

/** Functions, constants and classes that are exported where they are declared. */
function exportedNames({ body }: Node): readonly string[] {
  return nodesOf(body).flatMap(({ type, declaration }) => {
    if (type !== "ExportNamedDeclaration" || !isNode(declaration) || declaration.type.startsWith("TS")) return [];
    if (declaration.type !== "VariableDeclaration") return nameOf(declaration.id) ?? [];
    return nodesOf(declaration.declarations).flatMap(({ id }) => nameOf(id) ?? []);
  });
}

/** What is imported, as pairs of file and name; `*` where all of a file may be used. */
function importsOf(
  { type, source, specifiers }: Node,
  from: string,
  paths: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const target = isNode(source) && typeof source.value === "string" ? targetOf(source.value, from, paths) : undefined;
  if (target === undefined) return [];
  switch (type) {
    case "ImportDeclaration":
      return nodesOf(specifiers).map(({ imported }) => [target, nameOf(imported) ?? "*"]);
    case "ExportNamedDeclaration":
      return nodesOf(specifiers).map(({ local }) => [target, nameOf(local) ?? "*"]);
    case "ExportAllDeclaration":
      return [[target, "*"]];
    case "ImportExpression":
    case "TSImportType":
      return [[target, "*"]];
    default:
      return [];
  }
}

/** A relative import as a path from the root; a built file stands for its source. */
function targetOf(specifier: string, from: string, paths: ReadonlySet<string>): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const path = normalize(join(dirname(from), specifier))
    .split(sep)
    .join("/");
  const bare = path.replace(/\.js$/u, "");
  return [path, `${bare}.ts`, `${bare}.tsx`].find((one) => paths.has(one));
}

/** How often a file says a name, its declaration included. */
function mentions(tree: Node, name: string): number {
  let count = 0;
  walk(tree, (node) => {
    if ((node.type === "Identifier" || node.type === "JSXIdentifier") && node.name === name) count++;
  });
  return count;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit);
    return;
  }
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return typeof node.name === "string" ? node.name : undefined;
}

const FOLDERS = ["src", "tools", "bench", "test"];
/** Compiled apart, fetched, or written by a run. */
const LEFT_OUT = new Set(["assembly", "node_modules", "work", "peers", "fixtures"]);

function sourcesIn(folder: string): readonly SourceText[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : sourcesIn(path);
    return /\.(?:tsx?|mjs)$/u.test(entry.name) ? [{ path, text: readFileSync(path, "utf8") }] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = FOLDERS.flatMap(sourcesIn);
  const problems = [...findUnreached(sources), ...findBehindDoor(sources)];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
