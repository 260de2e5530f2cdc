/** Checks who imports whom: the zones of boundaries.json, `node:` only at the edges, step n only steps up to n, no kind another, no circle, few floors, no kind's words in shared code. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { circlesOf, floorsOf, graphOf } from "./import-graph.ts";
import { checkFilesForKindWords } from "./kind-words.ts";

interface Zone {
  readonly path: string;
  readonly imports: readonly string[];
  /** Packages that may be imported; `*` for any. */
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

export interface Boundaries {
  readonly zones: Readonly<Record<string, Zone>>;
  /** Files whose types every zone may import: a type leaves nothing behind at run time. */
  readonly typeOnlyExempt: readonly string[];
  /** The most floors that zones may stand on. */
  readonly mostFloors: number;
}

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const IMPORT =
  /^[ \t]*(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?["'](?<from>[^"']+)["']|\bimport\(\s*["'](?<dynamic>[^"']+)["']\s*\)/gmu;

export function findImports(file: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => ({
    file,
    line: text.slice(0, match.index).split("\n").length,
    specifier: match.groups?.from ?? match.groups?.dynamic ?? "",
    typeOnly: match.groups?.type !== undefined,
  }));
}

/** One sentence per forbidden import, with the mend. */
export function checkImports(imports: readonly Import[], boundaries: Boundaries): string[] {
  return imports.flatMap((entry) => {
    const reason = forbidden(entry, boundaries);
    return reason === undefined ? [] : [`${entry.file}:${entry.line} imports ${entry.specifier}: ${reason}`];
  });
}

function forbidden(entry: Import, { zones, typeOnlyExempt }: Boundaries): string | undefined {
  const name = zoneOf(entry.file, zones);
  if (name === undefined) return "the file is in no zone; add its folder to boundaries.json";
  const zone = zones[name];
  const { specifier } = entry;
  if (specifier.startsWith("node:")) {
    return zone.node ? undefined : `${name} runs in a browser too; do this in src/node and pass it in`;
  }
  if (!specifier.startsWith(".")) {
    const allowed = zone.packages ?? [];
    const isAllowed = allowed.some((one) => one === "*" || specifier === one || specifier.startsWith(`${one}/`));
    return isAllowed ? undefined : `${name} may import ${allowed.join(", ") || "no packages"}; move the use to an edge`;
  }
  const target = targetOf(entry);
  if (!target.startsWith("src/")) return "src imports only src";
  if (entry.typeOnly && typeOnlyExempt.includes(target)) return undefined;
  const targetZone = zoneOf(target, zones);
  if (targetZone === undefined) return "the imported file is in no zone";
  if (targetZone !== name && !zone.imports.includes(targetZone)) {
    return `${name} may import ${zone.imports.join(", ") || "nothing"}; move the thing down or pass it in`;
  }
  const [kind, other] = [kindOf(entry.file), kindOf(target)];
  if (kind !== undefined && other !== undefined && kind !== other) {
    return `${kind} and ${other} are kinds that know nothing of each other; what both need lives in the steps`;
  }
  const from = stepOf(entry.file);
  const to = stepOf(target);
  if (from !== undefined && to !== undefined && to > from) {
    return `step ${from} may import steps up to ${from}; a thing lives in the latest step it reads`;
  }
  return undefined;
}

/** The imported file, from the root; of a relative import. */
function targetOf({ file, specifier }: Import): string {
  return normalize(join(dirname(file), specifier))
    .split(sep)
    .join("/");
}

/** One sentence per circle of files, and one where zones stand on more floors than they may. */
export function checkGraph(imports: readonly Import[], { zones, typeOnlyExempt, mostFloors }: Boundaries): string[] {
  const inside = imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .map((entry) => ({ ...entry, target: targetOf(entry) }));
  const circles = circlesOf(graphOf(inside.map(({ file, target }) => [file, target]))).map(
    (files) => `${files.join(", ")} import each other in a circle: what they share belongs in a file of its own`,
  );
  const arrows = inside.flatMap(({ file, target, typeOnly }): [string, string][] => {
    const [from, to] = [zoneOf(file, zones), zoneOf(target, zones)];
    const counts = from !== undefined && to !== undefined && !(typeOnly && typeOnlyExempt.includes(target));
    return counts ? [[from, to]] : [];
  });
  const floors = floorsOf(graphOf(arrows));
  if (floors === undefined) {
    return [
      ...circles,
      `zones import each other in a circle: ${circlesOf(graphOf(arrows)).map((one) => one.join(", "))}`,
    ];
  }
  if (floors.length <= mostFloors) return circles;
  return [...circles, `there are ${floors.length} floors of zones, ${mostFloors} are allowed: ${floors.join(" < ")}`];
}

/** The kind whose folder a file lies in. */
function kindOf(file: string): string | undefined {
  return /^src\/kinds\/([^/]+)\//u.exec(file)?.[1];
}

function zoneOf(file: string, zones: Boundaries["zones"]): string | undefined {
  return Object.keys(zones).find((name) => file === zones[name].path || file.startsWith(`${zones[name].path}/`));
}

function stepOf(file: string): number | undefined {
  const match = /^src\/steps\/(\d)-/u.exec(file);
  return match === null ? undefined : Number(match[1]);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "assembly" ? [] : sourceFiles(path);
    return /\.tsx?$/u.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const boundaries: Boundaries = JSON.parse(readFileSync("boundaries.json", "utf8"));
  const files = sourceFiles("src").map((file) => relative(".", file).split(sep).join("/"));
  const imports = files.flatMap((file) => findImports(file, readFileSync(file, "utf8")));
  const problems = [
    ...checkImports(imports, boundaries),
    ...checkGraph(imports, boundaries),
    ...checkFilesForKindWords(files),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const long = files.filter((file) => !/\.gen\.ts$/u.test(file) && readFileSync(file, "utf8").split("\n").length > 500);
  for (const file of long) process.stderr.write(`${file} has more than 500 lines: split it by idea\n`);
  process.exit(problems.length + long.length === 0 ? 0 : 1);
}
