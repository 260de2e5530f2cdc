/** Changes the code a little, at places that a seed draws, runs the tests beside it each time, and says which changes no test noticed. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../src/core/random.ts";
import { applyMutant, type Mutant, mutantsOf } from "./mutants.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string", default: "30" }, seed: { type: "string", default: "1" } },
});
/** Milliseconds after which tests that do not end count as failed. */
const LIMIT = 180_000;
/** Of a file that many tests import, so many of the nearest are run. */
const MOST_TESTS = 5;

interface Place {
  readonly file: string;
  readonly mutant: Mutant;
}

const count = Number(values.count);
const seed = Number(values.seed);
const roots = positionals.length === 0 ? ["src"] : positionals;
const missing = roots.find((root) => !existsSync(root));
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || missing !== undefined) {
  process.stderr.write(
    missing === undefined ? "--count and --seed take whole numbers, --count from 1\n" : `there is no ${missing}\n`,
  );
  process.exit(2);
}
const places = roots
  .flatMap(sources)
  .flatMap((file) => mutantsOf(readFileSync(file, "utf8"), file).map((mutant): Place => ({ file, mutant })));
const drawn = createRandom(seed, "mutate").shuffle(places).slice(0, count);
const tests = ["src", "test", "tools"].flatMap(files).filter((file) => /(?<!\.long)\.test\.ts$/u.test(file));

/** The file that is changed now, with its own text. */
let open: { readonly file: string; readonly text: string } | undefined;
let running: ChildProcess | undefined;
process.on("exit", () => {
  running?.kill();
  restore();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

/** Whether the tests of a file pass as it is: where they fail, nothing can be said of a change. */
const sound = new Map<string, boolean>();
const survivors: string[] = [];
let [tried, untested] = [0, 0];
for (const { file, mutant } of drawn) {
  const near = testsOf(file);
  const text = readFileSync(file, "utf8");
  const at = `${file}:${text.slice(0, mutant.start).split("\n").length}`;
  const what = `${at}  ${flat(text.slice(mutant.start, mutant.end))}  ->  ${flat(mutant.text)}`;
  if (near.length > 0 && !sound.has(file)) sound.set(file, await pass(near));
  if (sound.get(file) === false) {
    process.stdout.write(`left out  ${at}: its tests fail without a change\n`);
    continue;
  }
  tried++;
  if (near.length === 0) untested++;
  open = { file, text };
  writeFileSync(file, applyMutant(text, mutant));
  const survived = near.length === 0 || (await pass(near));
  restore();
  if (survived) survivors.push(what);
  process.stdout.write(`${survived ? "SURVIVED" : "killed  "}  ${what}${near.length === 0 ? "  (no test)" : ""}\n`);
}
const killed = tried - survivors.length;
process.stdout.write(
  `\n${killed} of ${tried} changes were noticed (${tried === 0 ? 0 : Math.round((100 * killed) / tried)} %), ${untested} are of files without a test; seed ${seed}, ${roots.join(" ")}\n`,
);

function restore(): void {
  if (open !== undefined) writeFileSync(open.file, open.text);
  open = undefined;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/gu, " ").slice(0, 90);
}

function files(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(`${path}/${name}`));
}

function sources(path: string): string[] {
  const left = /\.(?:test|gen|d)\.ts$|\/assembly\//u;
  return files(path.replace(/\/$/u, "")).filter((file) => file.endsWith(".ts") && !left.test(file));
}

/** The test beside a file, else the nearest of those that import it, else those of its folder. */
function testsOf(file: string): readonly string[] {
  const beside = file.replace(/\.ts$/u, ".test.ts");
  if (existsSync(beside)) return [beside];
  const importing = tests.filter((test) => importsOf(test).includes(file));
  const near = importing.toSorted((a, b) => sharedFolders(b, file) - sharedFolders(a, file)).slice(0, MOST_TESTS);
  return near.length > 0 ? near : tests.filter((test) => dirname(test) === dirname(file));
}

function sharedFolders(one: string, other: string): number {
  const parts = other.split("/");
  const differs = one.split("/").findIndex((part, at) => part !== parts[at]);
  return differs === -1 ? parts.length : differs;
}

function importsOf(test: string): string[] {
  return [...readFileSync(test, "utf8").matchAll(/from "(?<path>\.[^"]+)"/gu)].map((match) =>
    join(dirname(test), match.groups?.path ?? ""),
  );
}

/** Whether the tests pass. */
function pass(near: readonly string[]): Promise<boolean> {
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--bail=1", ...near];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, vitest, { stdio: "ignore", timeout: LIMIT });
    running = child;
    child.once("exit", (code) => resolve(code === 0));
  });
}
