/** Changes the code a little, at places that a seed draws, runs the neighbouring tests each time, and says which changes no test noticed. */

import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRandom } from "../src/core/random.ts";
import { findImports } from "./check-boundaries.ts";
import { applyMutant, type Mutant, mutantsOf } from "./mutants.ts";
import { MOST_TESTS, neighbouringTests, reachedFrom } from "./neighbouring-tests.ts";
import type { WarmTests, WarmVerdict } from "./warm-tests.ts";

const USAGE = `usage: npm run mutate -- [PATH…] [--except PATH…] [--count N] [--seed S] [--tests N] [--survivors]
  PATH         files or folders to change (src)
  --except     a file or folder that is left alone; may be given more than once
  --count      how many changes are drawn (30)
  --seed       which (1)
  --tests      how many tests are asked of each change, the nearest first (${MOST_TESTS})
  --survivors  of the same draw, only those that survived the last time
`;
const { values, positionals } = options();
/** Runs commands in the process of the test. */
const HERE = "test/heptad-here.ts";
/** Whole runs whose figures are kept: of a file that they reach they are run last, where no nearer test noticed. */
const WHOLE_RUNS = "test/golden-runs.test.ts";
/** Tests that take this much longer than without a change, and a minute more, do not end: the change is noticed. */
const SLOWER = 5;
const GRACE = 60_000;

interface Place {
  readonly file: string;
  readonly mutant: Mutant;
}
interface Kept {
  readonly place: string;
  readonly verdict: Verdict;
  /** Stands for all files that were read: a verdict holds while none of them has changed. */
  readonly of: string;
}
type Verdict = "killed" | "killed (no end)" | "SURVIVED" | "SURVIVED (no test)" | "left out";

const count = Number(values.count);
const seed = Number(values.seed);
const most = Number(values.tests);
const roots = positionals.length === 0 ? ["src"] : positionals.map(plainPath);
const except = values.except.map(plainPath);
const missing = [...roots, ...except].find((root) => !existsSync(root));
const areWhole = [count, seed, most].every(Number.isInteger) && count >= 1 && most >= 1;
if (!areWhole || missing !== undefined)
  stop(
    missing === undefined
      ? "--count, --seed and --tests take whole numbers, --count and --tests from 1"
      : `there is no ${missing}`,
  );

const all = ["src", "test", "tools"].flatMap(files).filter((file) => /\.(?:ts|tsx)$/u.test(file));
const texts = new Map(all.map((file) => [file, readFileSync(file, "utf8")]));
const importing = new Map([...texts].map(([file, text]) => [file, targetsOf(file, text)]));
const inWholeRuns = reachedFrom(WHOLE_RUNS, importing);
const sources = roots
  .flatMap(files)
  .filter((file) => isSource(file) && !except.some((one) => file === one || file.startsWith(`${one}/`)));
const places = [...new Set(sources)].flatMap((file) =>
  mutantsOf(texts.get(file) ?? "", file).map((mutant): Place => ({ file, mutant })),
);
const drawn = createRandom(seed, "mutate").shuffle(places).slice(0, count);

const tree = digest([...texts].flat().join("\0"));
const folder = ".heptad/mutants";
const journal = `${folder}/${digest([...sources.map((file) => texts.get(file)), seed].join("\0"))}.jsonl`;
mkdirSync(folder, { recursive: true });
const kept = new Map<string, Kept>(readKept().map((one) => [one.place, one]));
const asked = values.survivors ? drawn.filter((place) => kept.get(keyOf(place))?.verdict.startsWith("SURV")) : drawn;

let worker: ChildProcess | undefined;
process.on("exit", stopWorker);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

/** How many milliseconds a test file takes without a change; undefined of one that fails: nothing can be said by it. */
const asItIs = new Map<string, number | undefined>();
const verdicts = new Map<Verdict, number>();
for (const place of asked) {
  const known = kept.get(keyOf(place));
  // What few tests did not notice, more may.
  const again = known !== undefined && known.of === tree && !(values.survivors && known.verdict.startsWith("SURV"));
  const verdict = again ? known.verdict : await judge(place);
  const entry: Kept = { place: keyOf(place), verdict, of: tree };
  if (!again) appendFileSync(journal, `${JSON.stringify(entry)}\n`);
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  process.stdout.write(`${verdict.padEnd(10)}  ${describe(place)}\n`);
}
stopWorker();
const of = (...wanted: Verdict[]): number => wanted.reduce((sum, one) => sum + (verdicts.get(one) ?? 0), 0);
const killed = of("killed", "killed (no end)");
const tried = killed + of("SURVIVED", "SURVIVED (no test)");
process.stdout.write(
  `\n${killed} of ${tried} changes were noticed (${tried === 0 ? 0 : ((100 * killed) / tried).toFixed(1)} %): ${of("killed (no end)")} by tests that did not end; ${of("SURVIVED (no test)")} are of files without a test, ${of("left out")} were left out; seed ${seed}, ${places.length} places in ${sources.length} files\n`,
);

async function judge({ file, mutant }: Place): Promise<Verdict> {
  const nearest = neighbouringTests(file, importing, isTest, most).filter((test) => test !== WHOLE_RUNS);
  const near = inWholeRuns.has(file) ? [...nearest, WHOLE_RUNS] : nearest;
  if (near.length === 0) return "SURVIVED (no test)";
  await timeThose(near.filter((test) => !asItIs.has(test)));
  const tests = near.filter((test) => asItIs.get(test) !== undefined);
  if (tests.length === 0) return "left out";
  const usual = tests.reduce((sum, test) => sum + (asItIs.get(test) ?? 0), 0);
  const text = applyMutant(texts.get(file) ?? "", mutant);
  const { passed, ended } = await ask({ tests, changed: { file, text } }, SLOWER * usual + GRACE);
  if (passed) return "SURVIVED";
  return ended ? "killed" : "killed (no end)";
}

/** Runs tests as the code is: together, and one by one where one of them fails. */
async function timeThose(tests: readonly string[]): Promise<void> {
  if (tests.length === 0) return;
  const began = performance.now();
  const { failed } = await ask({ tests }, 10 * GRACE);
  const time = (performance.now() - began) / tests.length;
  if (failed === undefined) for (const test of tests) asItIs.set(test, time);
  else if (tests.length > 1) for (const test of tests) await timeThose([test]);
  else {
    process.stdout.write(`fails without a change: ${failed.file}: ${failed.what}\n`);
    asItIs.set(tests[0], undefined);
  }
}

/** Runs tests in the warm process, which is ended and begun anew where they do not end. */
async function ask(message: WarmTests, limit: number): Promise<WarmVerdict & { readonly ended: boolean }> {
  worker ??= await startWorker();
  const open = worker;
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => finish({ passed: false, failed: { file: message.tests[0], what: "did not end" } }, false),
      limit,
    );
    const exited = (): void =>
      finish({ passed: false, failed: { file: message.tests[0], what: "ended its process" } }, true);
    const answered = (verdict: WarmVerdict): void => finish(verdict, true);
    open.once("message", answered);
    open.once("exit", exited);
    open.send(message);

    function finish(verdict: WarmVerdict, ended: boolean): void {
      clearTimeout(timer);
      open.off("message", answered);
      open.off("exit", exited);
      if (!ended || !open.connected) stopWorker();
      resolve({ ...verdict, ended });
    }
  });
}

function startWorker(): Promise<ChildProcess> {
  const here = fileURLToPath(import.meta.url);
  const child = fork(join(dirname(here), "warm-tests.js"), { stdio: "ignore", detached: true });
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`the tests could not be started (exit ${code})`)));
  });
}

/** Ends the warm process with the tests that it runs: a test in an endless loop hears nothing gentler. */
function stopWorker(): void {
  const pid = worker?.pid;
  worker = undefined;
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

function readKept(): Kept[] {
  if (!existsSync(journal)) return [];
  return readFileSync(journal, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const { place, verdict, of }: Kept = JSON.parse(line);
        return [{ place, verdict, of }];
      } catch {
        // A line that was cut off as the run was ended.
        return [];
      }
    });
}

function keyOf({ file, mutant }: Place): string {
  return `${file}:${mutant.start}:${mutant.end}:${mutant.text}`;
}

function describe({ file, mutant }: Place): string {
  const text = texts.get(file) ?? "";
  const line = text.slice(0, mutant.start).split("\n").length;
  return `${file}:${line}  ${flat(text.slice(mutant.start, mutant.end))}  ->  ${flat(mutant.text)}`;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/gu, " ").slice(0, 90);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function files(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(`${path}/${name}`));
}

/** Generated files, types, what is compiled to WebAssembly and committed as bytes, and samples for tests have no tests of their own. */
function isSource(file: string): boolean {
  return file.endsWith(".ts") && !/\.(?:test|gen|d|kernel)\.ts$|\/(?:assembly|generated)\/|\/sample-[^/]+$/u.test(file);
}

/** A test that only starts our program as a process runs what was built before the change; one that also runs the sources itself sees it. */
function isTest(file: string): boolean {
  if (!/(?<!\.long)\.test\.ts$/u.test(file)) return false;
  const startsProgram = /\bprocess\.execPath\b|bin\/heptad/u.test(texts.get(file) ?? "");
  return !startsProgram || (importing.get(file) ?? []).some((target) => target === HERE || target.startsWith("src/"));
}

/** A test that runs commands in its own process reaches those that it names, and nothing else of the dispatcher. */
function targetsOf(file: string, text: string): string[] {
  const imported = findImports(file, text)
    .filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
    .map(({ specifier }) => join(dirname(file), specifier));
  if (!imported.includes(HERE)) return imported;
  const named = [...text.matchAll(/"(?<name>[a-z]+)"/gu)].map((match) => `src/cli/commands/${match.groups?.name}.ts`);
  return [...imported, ...new Set(named.filter((one) => existsSync(one)))];
}

function plainPath(path: string): string {
  return path.replace(/^\.\//u, "").replace(/\/$/u, "");
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        count: { type: "string", default: "30" },
        seed: { type: "string", default: "1" },
        tests: { type: "string", default: String(MOST_TESTS) },
        except: { type: "string", multiple: true, default: [] },
        survivors: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function stop(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}`);
  process.exit(2);
}
