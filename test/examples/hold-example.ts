/** Executes an example in a copy of the project that it speaks of, and holds that it works and leaves the history as it was. */

import { cpSync, readFileSync, rmSync } from "node:fs";
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
  const folder = await copyFor(rule);
  for (const earlier of rule.after ?? []) expect(codesOf(earlier), earlier).toContain(runApart(folder, earlier).status);
  const before = readFileSync(join(folder, "history", "before.jsonl"), "utf8");
  const answers = answersIn(folder);
  const { status, out, err } = await execute(line, folder, rule);
  expect(err).not.toContain("    at ");
  expect(codesOf(line), `${err}\n${out.slice(-2000)}`).toContain(status);
  expect(out).not.toContain('"verdict":"wrong"');
  expect(readFileSync(join(folder, "history", "before.jsonl"), "utf8").startsWith(before)).toBe(true);
  expect(answersIn(folder)).toEqual(answers);
  rmSync(join(folder, ".."), { recursive: true, force: true });
}

/** The exit codes that say that a line did its work. */
function codesOf(line: string): readonly number[] {
  const treatment = ruleOf(line)?.treatment;
  return (treatment !== undefined && "codes" in treatment ? treatment.codes : undefined) ?? [0];
}

async function copyFor({ world, lacks = [] }: Rule): Promise<string> {
  project ??= makeProject();
  const from = await project;
  if (world === "small") small ??= makeSmallProject(from);
  const above = temporaryFolder();
  const folder = join(above, "project");
  cpSync(world === "small" && small !== undefined ? small : from, folder, { recursive: true });
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
