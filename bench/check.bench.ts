/** Reviews a thousand notes beside markdownlint-cli2 on the same files, and one note from start to end. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Benchmark, type BenchmarkCase, type BenchmarkEnvironment, timed } from "./benchmark.ts";

/** Both get the same two cores, where the system can give them. */
const TWO_CORES = process.platform === "linux" ? ["taskset", "-c", "0,1", process.execPath] : [process.execPath];
const NOTES = 1000;
const TEAM_NOTES = 200;
const TEAM_RULES = 50;
const LINES = 200;
const REFERENCE = "designs/movie-recommendations.md";

export const benchmark: Benchmark = {
  name: "check",
  about: `heptad check on ${NOTES} notes of ${LINES} lines, whole processes on two cores; markdownlint-cli2 on the same files`,
  *cases({ workFolder }: BenchmarkEnvironment): Iterable<BenchmarkCase> {
    const folder = join(workFolder, "notes");
    writeNotes(folder, NOTES);
    const half = join(workFolder, "notes-half");
    writeNotes(half, NOTES / 2);
    const few = join(workFolder, "notes-one");
    writeNotes(few, 1);
    yield {
      case: `${NOTES} notes`,
      peerName: "markdownlint-cli2",
      unit: "s",
      target: "ours <= 2 s on 2 cores, ratio <= 1",
      ours: () => timed(() => check(folder)),
      peer: () => timed(() => lint(folder)),
    };
    yield {
      case: `${NOTES} notes against ${NOTES / 2}`,
      peerName: `${NOTES / 2} notes`,
      unit: "s",
      target: "<= 2 (linear)",
      ours: () => timed(() => check(folder)),
      peer: () => timed(() => check(half)),
    };
    yield {
      case: "one note",
      peerName: "markdownlint-cli2",
      unit: "s",
      target: "ours <= 0.2 s",
      runs: 9,
      ours: () => timed(() => check(few)),
      peer: () => timed(() => lint(few)),
    };
    const plain = join(workFolder, "plain");
    const team = join(workFolder, "team");
    for (const project of [plain, team]) writeNotes(join(project, "designs"), TEAM_NOTES);
    writeFileSync(join(plain, "heptad.yaml"), "");
    writeTeamRules(team);
    yield {
      case: `${TEAM_NOTES} notes under ${TEAM_RULES} rules of a team`,
      peerName: "without them",
      unit: "s",
      target: "<= 1.2",
      ours: () => timed(() => check("designs", team)),
      peer: () => timed(() => check("designs", plain)),
    };
  },
};

/** Notes like the reference one, each with a title and numbers of its own, filled up with prose. */
function writeNotes(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const reference = readFileSync(REFERENCE, "utf8");
  const missing = Math.max(0, LINES - reference.split("\n").length);
  for (let i = 0; i < count; i++) {
    const prose = Array.from(
      { length: missing },
      (_, line) => `Line ${line} of note ${i} says what the facts above mean.`,
    );
    const text = reference
      .replace("title: Movie recommendations", `title: Movie recommendations ${i}`)
      .replace("daily: 2M", `daily: ${i + 1}k`);
    writeFileSync(join(folder, `${String(i).padStart(4, "0")}.md`), `${text}\n${prose.join("\n")}\n`);
  }
}

/** Rules with units over facts that the reference has; every second one finds something. */
function writeTeamRules(project: string): void {
  const rules = Array.from(
    { length: TEAM_RULES },
    (_, i) =>
      `  - name: replicas-${i}\n    when: serving.replicas ${i % 2 === 0 ? "<" : ">"} ${i + 1}\n    say: rule ${i} of the team speaks of replicas\n    severity: advice\n`,
  );
  writeFileSync(join(project, "rules.yaml"), `rules:\n${rules.join("")}`);
  writeFileSync(join(project, "heptad.yaml"), "review:\n  extends: [./rules.yaml]\n");
}

function check(folder: string, cwd?: string): void {
  run([resolve("bin/heptad.js"), "check", folder, "--format", "github"], cwd);
}

function lint(folder: string): void {
  run(["node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs", `${folder}/*.md`]);
}

/** Both say with exit code 1 that something was found. */
function run(args: readonly string[], cwd?: string): void {
  const [program, ...before] = TWO_CORES;
  const { status, stderr } = spawnSync(program, [...before, ...args], { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} failed: ${stderr.slice(0, 500)}`);
}
