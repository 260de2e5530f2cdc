/** Executes an example in a copy of the project that it speaks of, and holds that it works and leaves the history as it was. */

import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { answersIn, makeProject, makeSmallProject, writeMovieLens, writePhotos } from "./project.ts";
import { type Outcome, runApart, runHere, runServer } from "./run-example.ts";
import { type Rule, ruleOf } from "./treatments.ts";

let project: Promise<string> | undefined;
let small: string | undefined;

export async function holdExample(line: string): Promise<void> {
  const rule = ruleOf(line);
  if (rule === undefined) throw new Error(`nothing says how \`${line}\` is executed: test/examples/treatments.ts`);
  const copy = await copyFor(rule);
  const { folder } = copy;
  for (const earlier of rule.after ?? []) expect(codesOf(earlier), earlier).toContain(runApart(folder, earlier).status);
  const before = readFileSync(join(folder, "history", "before.jsonl"), "utf8");
  const answers = answersIn(folder);
  const { status, out, err } = await execute(line, folder, rule);
  expect(err).not.toContain("    at ");
  expect(codesOf(line), `${err}\n${out.slice(-2000)}`).toContain(status);
  expect(out).not.toContain('"verdict":"wrong"');
  expect(readFileSync(join(folder, "history", "before.jsonl"), "utf8").startsWith(before)).toBe(true);
  expect(answersIn(folder)).toEqual(answers);
  giveBack(copy, rule);
}

/** The exit codes that say that a line did its work. */
function codesOf(line: string): readonly number[] {
  const treatment = ruleOf(line)?.treatment;
  return (treatment !== undefined && "codes" in treatment ? treatment.codes : undefined) ?? [0];
}

interface Copy {
  readonly folder: string;
  readonly holds: string;
}

/** Copies that the last example left as they were, by what was done to make them. */
const unused = new Map<string, Copy>();

const madeBy = ({ world, lacks = [] }: Rule): string => JSON.stringify([world, lacks]);

/** Every file and folder with its size and the moment it was written. */
function holdsOf(folder: string): string {
  const above = join(folder, "..");
  return readdirSync(above, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = lstatSync(join(above, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .join("\n");
}

/** Kept for the next example that wants the same, where nothing in it was touched. */
function giveBack(copy: Copy, rule: Rule): void {
  if (copy.holds === holdsOf(copy.folder)) unused.set(madeBy(rule), copy);
  else removeTree(join(copy.folder, ".."));
}

/** Of hundreds of small files, the system's own commands copy and remove in a fifth of the time that Node takes. */
const hasCommands = process.platform !== "win32";

function copyTree(from: string, to: string): void {
  if (hasCommands) execFileSync("cp", ["-R", from, to]);
  else cpSync(from, to, { recursive: true });
}

function removeTree(folder: string): void {
  if (hasCommands) execFileSync("rm", ["-rf", folder]);
  else rmSync(folder, { recursive: true, force: true });
}

async function copyFor(rule: Rule): Promise<Copy> {
  const made = madeBy(rule);
  const kept = unused.get(made);
  unused.delete(made);
  if (kept !== undefined) return kept;
  const folder = await makeCopy(rule);
  return { folder, holds: holdsOf(folder) };
}

async function makeCopy({ world, lacks = [] }: Rule): Promise<string> {
  project ??= makeProject();
  const from = await project;
  if (world === "small") small ??= makeSmallProject(from);
  const above = temporaryFolder();
  const folder = join(above, "project");
  copyTree(world === "small" && small !== undefined ? small : from, folder);
  writeMovieLens(join(above, "ml-100k"));
  if (world === "photos") await writePhotos(folder);
  for (const name of lacks) rmSync(join(folder, name), { recursive: true, force: true });
  return folder;
}

async function execute(line: string, folder: string, { treatment, change }: Rule): Promise<Outcome> {
  const changed = change?.(line, folder) ?? line;
  if (treatment.how === "here") return runHere(folder, changed);
  if (treatment.how === "process") return runApart(folder, changed);
  if (treatment.how === "server") return runServer(folder, changed, treatment.ready);
  throw new Error(`\`${line}\` is not executed here`);
}
