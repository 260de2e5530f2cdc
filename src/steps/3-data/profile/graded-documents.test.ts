import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { parseDesign } from "../../design.ts";
import { readGradedRows } from "../sources/graded-rows.ts";
import { draftGraded, gradedQuestions, lookAtGraded } from "./graded-documents.ts";

const rows = (grade: (at: number) => number): string =>
  Array.from({ length: 40 }, (_, at) => `${grade(at)} qid:${1 + Math.floor(at / 8)} 1:${at / 10} 2:1e+3`).join("\n");

async function look(names: readonly string[], text = rows((at) => at % 3)) {
  const folder = temporaryFolder();
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, text);
  const found = await lookAtGraded({ files: createInputFiles() }, paths);
  if (found === undefined) throw new Error("no graded rows");
  const note = draftGraded(found, {
    title: "Drafted",
    date: "2026-01-31",
    relative: (path) => path.replace(/^.*\//u, ""),
  });
  return { found, note, questions: gradedQuestions(found) };
}

it("deals 15 % of the queries to validation and 20 % to the test, unless the files' names say which is which", async () => {
  expect((await look(["documents.txt"])).note).toContain("split: { by: group, validation: 15%, test: 20% }");
  expect((await look(["train.txt", "test.txt"])).note).toContain("split: { by: given, validation: 20% }");
  expect((await look(["train.txt", "vali.txt", "test.txt"])).note).toContain("split: { by: given }");
  expect((await look(["train.txt", "other.txt"])).note).toContain("split: { by: group, validation: 15%, test: 20% }");
});

it("reads grade 0 as a grade of its own, and refuses one below", async () => {
  const { found, questions } = await look(["documents.txt"]);
  expect(found.grades).toEqual([
    [0, 14],
    [1, 13],
    [2, 13],
  ]);
  expect(questions[0]).toContain("(0: 14, 1: 13, 2: 13)");
  const path = join(temporaryFolder(), "below.txt");
  writeFileSync(path, "0 qid:1 1:1\n-1 qid:1 1:1\n");
  await expect(readGradedRows({ files: createInputFiles() }, path)).rejects.toThrow("`-1` is no grade");
});

it("states no goal in a drafted note, which only a person can say", async () => {
  const { note } = await look(["documents.txt"]);
  expect(note).toMatch(/^# goal: .* # asked$/mu);
  expect(parseDesign(note, "drafted.md").design?.clarify.goal).toBeUndefined();
});
