/** Walks CONTRIBUTING's recipes in a copy of the project: adds a rule, a metric, a model and a kind by hand, checks, takes them out: `npm run recipes`. */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RECIPES, type Recipe } from "./recipe-steps.ts";

export interface WalkedRecipes {
  /** Files written or changed by hand, by recipe. */
  readonly byHand: ReadonlyMap<string, readonly string[]>;
  /** Files that `npm run gen` wrote for all of them. */
  readonly generated: readonly string[];
  /** Checks that did not pass, with what they said; empty where the recipes hold. */
  readonly problems: readonly string[];
  /** Files that are not as they were at first once everything was taken out again. */
  readonly left: readonly string[];
}

/** Walks every recipe in a copy under `folder`, checks them together, and takes all out again. */
export function walkRecipes(
  root: string,
  folder: string,
  tell: (text: string) => void = () => undefined,
): WalkedRecipes {
  const files = copyProject(root, folder);
  const project = openProject(folder);
  const first = project.read(files);
  const byHand = new Map(RECIPES.map((recipe) => [recipe.name, addByRecipe(project, recipe)]));
  const before = project.read(project.files());
  tell("added; generating …");
  const made = [...project.compile(), ...project.generate(), ...project.compile()];
  const after = project.read(project.files());
  const generated = [...after.keys()].filter((path) => after.get(path) !== before.get(path)).sort();
  tell("checking …");
  const problems = [...made, ...project.check(), ...project.test(RECIPES.flatMap(({ tests }) => tests))];
  tell("taking all of them out …");
  for (const recipe of [...RECIPES].reverse()) takeOut(project, recipe, first);
  // The registers still name what was taken out: until they are generated anew nothing else holds.
  restore(project, "src/note/rules.gen.ts", first);
  const undone = [...project.compile(), ...project.generate()];
  const last = project.read(project.files());
  const changed = [...new Set([...first.keys(), ...last.keys()])].filter((path) => first.get(path) !== last.get(path));
  return { byHand, generated, problems, left: [...changed, ...undone] };
}

/** The files that were written or changed by hand. */
function addByRecipe(project: Project, { name, adds, edits }: Recipe): readonly string[] {
  for (const [path, text] of Object.entries(adds)) project.write(path, text);
  for (const { path, after, text } of edits) {
    const now = project.text(path);
    const at = now.indexOf(after);
    if (at === -1) throw new Error(`${path} has no ${JSON.stringify(after)}: the recipe of a ${name} is out of date`);
    project.write(path, now.slice(0, at + after.length) + text + now.slice(at + after.length));
  }
  const byHand = [...new Set([...Object.keys(adds), ...edits.map(({ path }) => path)])];
  project.format(byHand);
  return byHand;
}

function takeOut(project: Project, { adds, edits }: Recipe, first: ReadonlyMap<string, string>): void {
  for (const path of Object.keys(adds)) project.remove(path);
  for (const { path } of edits) restore(project, path, first);
}

function restore(project: Project, path: string, first: ReadonlyMap<string, string>): void {
  project.write(path, Buffer.from(first.get(path) ?? "", "latin1").toString("utf8"));
}

/** All files that git knows or would add, and the built program; packages are shared. */
function copyProject(root: string, folder: string): readonly string[] {
  const listed = run(root, "git", ["ls-files", "--cached", "--others", "--exclude-standard"]).stdout.split("\n");
  const files = listed.filter((path) => path !== "" && existsSync(join(root, path)));
  for (const path of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return files;
}

interface Project {
  files(): readonly string[];
  read(paths: readonly string[]): ReadonlyMap<string, string>;
  text(path: string): string;
  write(path: string, text: string): void;
  remove(path: string): void;
  format(paths: readonly string[]): void;
  /** Each gives the checks that did not pass. */
  compile(): readonly string[];
  generate(): readonly string[];
  check(): readonly string[];
  test(paths: readonly string[]): readonly string[];
}

/** As `tools/build.mjs` starts it: on one thread and without collecting garbage it takes half of the processor's time. */
const TSC = ["node_modules/typescript/bin/tsc", "--singleThreaded"];
const THRIFTY = { GOGC: "off" };
const BIOME = "node_modules/@biomejs/biome/bin/biome";

function openProject(folder: string): Project {
  // Without a repository of its own, the copy could not say which files it has.
  run(folder, "git", ["init", "--quiet"]);
  const passes = (name: string, ...args: readonly string[]): readonly string[] => {
    const { status, stdout, stderr } = run(folder, process.execPath, args);
    return status === 0 ? [] : [`${name}: ${`${stdout}${stderr}`.trim().split("\n").slice(0, 5).join("; ")}`];
  };
  return {
    files: () =>
      run(folder, "git", ["ls-files", "--others", "--exclude-standard"])
        .stdout.split("\n")
        .filter((path) => path !== ""),
    read: (paths) => new Map(paths.map((path) => [path, readFileSync(join(folder, path), "latin1")])),
    text: (path) => readFileSync(join(folder, path), "utf8"),
    write(path, text) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => rmSync(join(folder, path)),
    format(paths) {
      const formatted = paths.filter((path) => /\.tsx?$/u.test(path));
      if (formatted.length > 0) run(folder, process.execPath, [BIOME, "check", "--write", ...formatted]);
    },
    compile: () => passes("build", ...TSC, "-p", "tsconfig.node.json"),
    generate: () => passes("generate", "dist/tools/gen.js"),
    check: () => [
      ...passes("generated files", "dist/tools/gen.js", "--check"),
      ...passes("import directions and words", "dist/tools/check-boundaries.js"),
      ...passes("what stages run", "dist/tools/check-stages.js"),
      ...passes("what is exported", "dist/tools/check-exports.js"),
      ...passes("types, pure zones", ...TSC, "-p", "tsconfig.pure.json"),
      ...passes("types, tests", ...TSC, "-p", "tsconfig.test.json"),
    ],
    test: (paths) => passes("tests", "node_modules/vitest/vitest.mjs", "run", ...paths),
  };
}

function run(folder: string, command: string, args: readonly string[]) {
  const env = { ...process.env, ...THRIFTY };
  return spawnSync(command, args, { cwd: folder, env, encoding: "utf8", maxBuffer: 2 ** 26 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), "heptad-recipes-"));
  try {
    const { byHand, generated, problems, left } = walkRecipes(
      process.cwd(),
      folder,
      (text) => void process.stderr.write(`${text}\n`),
    );
    for (const [name, paths] of byHand)
      process.stdout.write(`${name}: ${paths.length} files by hand: ${paths.join(", ")}\n`);
    process.stdout.write(`generated for all of them: ${generated.length} files: ${generated.join(", ")}\n`);
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    process.stdout.write(
      left.length === 0 ? "taken out again: nothing is left\n" : `left behind: ${left.join("; ")}\n`,
    );
    process.exitCode = left.length + problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
